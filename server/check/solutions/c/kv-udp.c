/* A key-value store by UDP, with as many places as there is room for. */
#include "net.h"

enum { PLACES = 1024, MAX_KEY = 64, MAX_DATAGRAM = 65536 };

static struct entry { char key[MAX_KEY + 1], *value; } entries[PLACES];

static struct entry *find(const char *key) {
  for (int at = 0; at < PLACES; at += 1)
    if (entries[at].value && strcmp(entries[at].key, key) == 0) return &entries[at];
  return NULL;
}

static const char *put(const char *key, const char *value) {
  struct entry *entry = find(key);
  for (int at = 0; !entry && at < PLACES; at += 1)
    if (!entries[at].value) entry = &entries[at];
  if (!entry) return "ERROR";
  free(entry->value);
  strcpy(entry->key, key);
  entry->value = strdup(value);
  return "OK";
}

/* The answer to a request that ends with a zero octet; a value is written into answer. */
static const char *reply(char *request, char *answer) {
  if (strlen(request) < 5 || request[3] != ' ') return "ERROR";
  char *key = request + 4, *space = strchr(key, ' ');
  int is_put = strncmp(request, "PUT ", 4) == 0;
  if (is_put != (space != NULL)) return "ERROR";
  if (space) *space = 0;
  if (strlen(key) < 1 || strlen(key) > MAX_KEY) return "ERROR";
  if (is_put) return space[1] ? put(key, space + 1) : "ERROR";
  struct entry *entry = find(key);
  if (strncmp(request, "GET ", 4) == 0) {
    if (!entry) return "NONE";
    sprintf(answer, "VALUE %s", entry->value);
    return answer;
  }
  if (strncmp(request, "DEL ", 4) != 0) return "ERROR";
  if (!entry) return "NONE";
  free(entry->value);
  entry->value = NULL;
  return "OK";
}

int main(int argc, char **argv) {
  int fd = open_server(SOCK_DGRAM, argc, argv);
  static char request[MAX_DATAGRAM], answer[MAX_DATAGRAM + 8];
  for (;;) {
    struct sockaddr_in from;
    socklen_t length = sizeof from;
    ssize_t got = recvfrom(fd, request, sizeof request - 1, 0, (struct sockaddr *)&from, &length);
    if (got < 0) continue;
    request[got] = 0;
    const char *text = reply(request, answer);
    sendto(fd, text, strlen(text), 0, (struct sockaddr *)&from, length);
  }
}
