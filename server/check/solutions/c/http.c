/* A tiny HTTP/1.1 server: reads a head up to its empty line, then a body by its length. */
#include "net.h"
#include <strings.h>

enum { MAX_HEAD = 8192, MAX_BODY = 1 << 20 };

/* The stream as it is read: octets between at and end are not used up yet. */
static struct { char octets[MAX_HEAD]; size_t at, end; int fd; } in;

static int next_octet(void) {
  if (in.at == in.end) {
    ssize_t got = read(in.fd, in.octets, sizeof in.octets);
    if (got <= 0) return -1;
    in.at = 0;
    in.end = got;
  }
  return (unsigned char)in.octets[in.at++];
}

/* A line without its end; -1 at the end of the stream or when it is too long. */
static int read_line(char *line, size_t room) {
  size_t length = 0;
  for (int octet; (octet = next_octet()) >= 0;) {
    if (octet == '\n') {
      if (length > 0 && line[length - 1] == '\r') length -= 1;
      line[length] = 0;
      return length;
    }
    if (length + 1 == room) return -1;
    line[length++] = octet;
  }
  return -1;
}

static int respond(const char *status, const char *body, size_t length, int with_body) {
  char head[256];
  int size = snprintf(head, sizeof head, "HTTP/1.1 %s\r\nContent-Type: text/plain\r\nContent-Length: %zu\r\n\r\n", status, length);
  return write_all(in.fd, head, size) < 0 || (with_body && write_all(in.fd, body, length) < 0) ? -1 : 0;
}

/* One request and its response; -1: close. */
static int exchange(void) {
  static char body[MAX_BODY];
  char line[1024], method[16], path[512], version[16];
  size_t length = 0;
  int has_host = 0, closes = 0;
  if (read_line(line, sizeof line) < 0) return -1;
  int good = sscanf(line, "%15s %511s %15s", method, path, version) == 3 && strcmp(version, "HTTP/1.1") == 0;
  while (good) {
    int size = read_line(line, sizeof line);
    if (size < 0) return -1;
    if (size == 0) break;
    if (strncasecmp(line, "Host:", 5) == 0) has_host = 1;
    if (strncasecmp(line, "Content-Length:", 15) == 0) length = strtoul(line + 15, NULL, 10);
    if (strcasecmp(line, "Connection: close") == 0) closes = 1;
  }
  if (!good || !has_host || length > MAX_BODY) {
    respond("400 Bad Request", "", 0, 1);
    shutdown(in.fd, SHUT_WR);
    while (next_octet() >= 0) in.at = in.end; /* else what is unread would turn our close into a RST */
    return -1;
  }
  for (size_t at = 0; at < length; at += 1) {
    int octet = next_octet();
    if (octet < 0) return -1;
    body[at] = octet;
  }
  int is_head = strcmp(method, "HEAD") == 0, status;
  if (strcmp(path, "/hello") == 0 && (is_head || strcmp(method, "GET") == 0))
    status = respond("200 OK", "hello\n", 6, !is_head);
  else if (strcmp(path, "/echo") == 0 && strcmp(method, "POST") == 0)
    status = respond("200 OK", body, length, 1);
  else
    status = respond("404 Not Found", "not found\n", 10, !is_head);
  return closes ? -1 : status;
}

static void serve(int client) {
  in.fd = client;
  in.at = in.end = 0;
  while (exchange() == 0) {
  }
}

int main(int argc, char **argv) { serve_each(open_server(SOCK_STREAM, argc, argv), serve); }
