/* Messages by JSON in one process: poll says which sockets have something to read. */
#include "json.h"
#include "net.h"
#include <poll.h>

enum { PLACES = 128, MAX_LINE = 16384, ACCOUNTS = 3, WAITING = 100, REMEMBERED = 4096 };

static const char *const names[ACCOUNTS] = {"alice", "bob", "carol"};
static struct { char *lines[WAITING]; int count; } waiting[ACCOUNTS];
static struct { int user; char *client_id; } remembered[REMEMBERED]; /* the place is the server's id */
static int messages;
static struct session { int user; char line[MAX_LINE]; size_t held; } *sessions[PLACES];
static struct pollfd polled[PLACES];
static int count = 1; /* place 0 is the listener's */

static int account(const char *name) {
  for (int user = 0; user < ACCOUNTS; user += 1)
    if (strcmp(names[user], name) == 0) return user;
  return -1;
}

/* Says an object of strings: pairs of names and values, ended by NULL; a NULL value is left out. */
static char *object(const char *const pairs[]) {
  size_t room = 16;
  for (int at = 0; pairs[at]; at += 2) room += 16 + strlen(pairs[at]) + 6 * strlen(pairs[at + 1] ? pairs[at + 1] : "");
  char *text = malloc(room), *to = text;
  *to++ = '{';
  for (int at = 0; pairs[at]; at += 2) {
    if (!pairs[at + 1]) continue;
    if (to > text + 1) *to++ = ',';
    to = write_string(to, pairs[at]);
    *to++ = ':';
    to = write_string(to, pairs[at + 1]);
  }
  strcpy(to, "}\n");
  return text;
}

static void say(int fd, const char *const pairs[]) {
  char *text = object(pairs);
  write_all(fd, text, strlen(text));
  free(text);
}

static void fail(int fd, const char *re, const char *code) {
  say(fd, (const char *const[]){"type", "error", "re", *re ? re : NULL, "code", code, "message", code, NULL});
}

static void login(int at, const char *line, const char *id) {
  char name[MAX_LINE], password[MAX_LINE];
  member(line, "user", name);
  member(line, "password", password);
  int user = account(name);
  if (user < 0 || strcmp(password, "porthole") != 0) return fail(polled[at].fd, id, "wrong-credentials");
  sessions[at]->user = user;
  say(polled[at].fd, (const char *const[]){"type", "welcome", "re", id, "user", name, NULL});
  for (int each = 0; each < waiting[user].count; each += 1) {
    char *text = waiting[user].lines[each];
    strcpy(text + strlen(text) - 2, ",\"delayed\":true}\n");
    write_all(polled[at].fd, text, strlen(text));
    free(text);
  }
  waiting[user].count = 0;
}

/* The number under which this message of this user was taken before; -1: never. */
static int known(int user, const char *client_id) {
  for (int number = 0; number < messages; number += 1)
    if (remembered[number].user == user && strcmp(remembered[number].client_id, client_id) == 0) return number;
  return -1;
}

/* Hands a message to every session of the recipient; what it is told: delivered or stored. */
static const char *hand_over(int to, char *text) {
  int there = 0;
  for (int at = 1; at < count; at += 1)
    if (sessions[at]->user == to && ++there) write_all(polled[at].fd, text, strlen(text));
  if (there == 0 && waiting[to].count < WAITING) {
    char *kept = malloc(strlen(text) + 32);
    strcpy(kept, text);
    waiting[to].lines[waiting[to].count++] = kept;
  }
  return there ? "delivered" : "stored";
}

static void message(int at, const char *line, const char *client_id) {
  char to[MAX_LINE], body[MAX_LINE], id[16];
  int user = sessions[at]->user, number = known(user, client_id);
  const char *status = "repeated";
  member(line, "to", to);
  member(line, "body", body);
  if (number < 0) {
    if (account(to) < 0 || messages == REMEMBERED) return fail(polled[at].fd, client_id, "no-such-user");
    number = messages++;
    remembered[number].user = user;
    remembered[number].client_id = strdup(client_id);
    snprintf(id, sizeof id, "c%d", number);
    char *text = object((const char *const[]){"type", "message", "id", id, "from", names[user], "to", to, "body", body, NULL});
    status = hand_over(account(to), text);
    free(text);
  }
  snprintf(id, sizeof id, "c%d", number);
  say(polled[at].fd, (const char *const[]){"type", "ack", "re", client_id, "id", id, "status", status, NULL});
}

static void answer(int at, const char *line) {
  char type[MAX_LINE], id[MAX_LINE];
  int fd = polled[at].fd;
  if (member(line, "type", type) < 0) return fail(fd, "", "not-json");
  member(line, "id", id);
  if (strcmp(type, "ping") == 0) return say(fd, (const char *const[]){"type", "pong", "re", id, NULL});
  if (strcmp(type, "login") == 0) return login(at, line, id);
  if (sessions[at]->user < 0) return fail(fd, id, "not-logged-in");
  if (strcmp(type, "message") == 0) return message(at, line, id);
  fail(fd, id, "unknown-type");
}

static void leave(int at) {
  close(polled[at].fd);
  free(sessions[at]);
  count -= 1;
  polled[at] = polled[count];
  sessions[at] = sessions[count];
}

static void hear(int at) {
  struct session *session = sessions[at];
  ssize_t got = read(polled[at].fd, session->line + session->held, MAX_LINE - 1 - session->held);
  if (got <= 0) return leave(at);
  session->held += got;
  char *start = session->line, *end;
  while ((end = memchr(start, '\n', session->line + session->held - start)) != NULL) {
    *end = 0;
    answer(at, start);
    start = end + 1;
  }
  session->held -= start - session->line;
  memmove(session->line, start, session->held);
  if (session->held == MAX_LINE - 1) leave(at);
}

static void welcome(int client) {
  if (client < 0) return;
  if (count == PLACES) {
    close(client);
    return;
  }
  sessions[count] = calloc(1, sizeof *sessions[count]);
  sessions[count]->user = -1;
  polled[count++] = (struct pollfd){.fd = client, .events = POLLIN};
  say(client, (const char *const[]){"type", "hello", "server", "solution", NULL});
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
