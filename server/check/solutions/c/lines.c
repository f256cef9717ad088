/* A line is complete when its line feed is there; what follows it belongs to the next. */
#include "net.h"

enum { MAX_LINE = 4096 };

static int answer(int client, const char *line, size_t length) {
  char head[32];
  if (length > 0 && line[length - 1] == '\r') length -= 1;
  int digits = snprintf(head, sizeof head, "%zu ", length);
  return write_all(client, head, digits) < 0 || write_all(client, line, length) < 0 || write_all(client, "\n", 1) < 0;
}

static void serve(int client) {
  static char buffer[2 * MAX_LINE];
  size_t held = 0;
  while (held <= MAX_LINE) {
    ssize_t got = read(client, buffer + held, MAX_LINE);
    if (got <= 0) return;
    held += got;
    char *start = buffer, *end;
    while ((end = memchr(start, '\n', buffer + held - start)) != NULL) {
      if (answer(client, start, end - start)) return;
      start = end + 1;
    }
    held -= start - buffer;
    memmove(buffer, start, held);
  }
}

int main(int argc, char **argv) { serve_each(open_server(SOCK_STREAM, argc, argv), serve); }
