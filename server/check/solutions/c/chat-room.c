/* A chat room in one process: poll says which sockets have something to read. */
#include "net.h"
#include <poll.h>

enum { PLACES = 256, MAX_LINE = 1024, MAX_NICK = 20 };

static struct member { char nick[MAX_NICK + 1], line[MAX_LINE]; size_t held; } members[PLACES];
static struct pollfd polled[PLACES];
static int count = 1; /* place 0 is the listener's */

static void tell_others(int from, const char *text) {
  for (int at = 1; at < count; at += 1)
    if (at != from && members[at].nick[0]) write_all(polled[at].fd, text, strlen(text));
}

static void leave(int at) {
  char text[64] = "";
  if (members[at].nick[0]) snprintf(text, sizeof text, "* %s left\n", members[at].nick);
  close(polled[at].fd);
  count -= 1;
  polled[at] = polled[count];
  members[at] = members[count];
  tell_others(0, text);
}

/* -1: the nick will not do. */
static int enter(int at, const char *nick) {
  char text[64];
  size_t length = strlen(nick);
  int good = length >= 1 && length <= MAX_NICK && strspn(nick, "abcdefghijklmnopqrstuvwxyz0123456789") == length;
  for (int other = 1; other < count; other += 1)
    if (strcmp(members[other].nick, nick) == 0) good = 0;
  if (!good) {
    write_all(polled[at].fd, "nick taken\n", 11);
    return -1;
  }
  strcpy(members[at].nick, nick);
  write_all(polled[at].fd, text, snprintf(text, sizeof text, "welcome %s\n", nick));
  snprintf(text, sizeof text, "* %s joined\n", nick);
  tell_others(at, text);
  return 0;
}

static int take_lines(int at) {
  struct member *member = &members[at];
  char *start = member->line, *end, text[MAX_LINE + MAX_NICK + 4];
  while ((end = memchr(start, '\n', member->line + member->held - start)) != NULL) {
    *end = 0;
    if (end > start && end[-1] == '\r') end[-1] = 0;
    if (member->nick[0]) {
      snprintf(text, sizeof text, "%s: %s\n", member->nick, start);
      tell_others(at, text);
    } else if (enter(at, start) < 0) {
      return -1;
    }
    start = end + 1;
  }
  member->held -= start - member->line;
  memmove(member->line, start, member->held);
  return member->held < MAX_LINE ? 0 : -1;
}

static void hear(int at) {
  struct member *member = &members[at];
  ssize_t got = read(polled[at].fd, member->line + member->held, MAX_LINE - member->held);
  if (got > 0) member->held += got;
  if (got <= 0 || take_lines(at) < 0) leave(at);
}

static void welcome(int client) {
  if (client < 0) return;
  if (count == PLACES) {
    close(client);
    return;
  }
  memset(&members[count], 0, sizeof members[count]);
  polled[count++] = (struct pollfd){.fd = client, .events = POLLIN};
}

int main(int argc, char **argv) {
  polled[0] = (struct pollfd){.fd = open_server(SOCK_STREAM, argc, argv), .events = POLLIN};
  for (;;) {
    if (poll(polled, count, -1) < 0) continue;
    for (int at = count - 1; at > 0; at -= 1)
      if (polled[at].revents) hear(at);
    if (polled[0].revents) welcome(accept(polled[0].fd, NULL, NULL));
  }
}
