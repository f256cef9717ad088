/* What the solutions in C share: a socket that listens, and loops around read and write. */
#ifndef NET_H
#define NET_H

#include <arpa/inet.h>
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

/* A socket on 127.0.0.1; type is SOCK_STREAM or SOCK_DGRAM, port 0 is any. Says on which port it is. */
static inline int open_server(int type, int argc, char **argv) {
  int fd = socket(AF_INET, type, 0), on = 1;
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(argc > 1 ? atoi(argv[1]) : 9000)};
  socklen_t length = sizeof address;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  signal(SIGPIPE, SIG_IGN);
  signal(SIGCHLD, SIG_IGN);
  setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  if (bind(fd, (struct sockaddr *)&address, length) < 0 || (type == SOCK_STREAM && listen(fd, 128) < 0)) {
    perror("cannot listen");
    exit(1);
  }
  getsockname(fd, (struct sockaddr *)&address, &length);
  printf("listening on 127.0.0.1 port %d\n", ntohs(address.sin_port));
  fflush(stdout);
  return fd;
}

/* Accepts for ever, and serves each connection in a process of its own. */
static inline void serve_each(int listener, void (*serve)(int)) {
  for (;;) {
    int client = accept(listener, NULL, NULL);
    if (client < 0) continue;
    if (fork() == 0) {
      close(listener);
      serve(client);
      exit(0);
    }
    close(client);
  }
}

/* Writes everything; -1 when the other end is gone. */
static inline int write_all(int fd, const void *octets, size_t length) {
  const char *at = octets;
  while (length > 0) {
    ssize_t n = write(fd, at, length);
    if (n < 0) return -1;
    at += n;
    length -= n;
  }
  return 0;
}

/* Reads exactly so many octets; -1 when the stream ends before. */
static inline int read_all(int fd, void *octets, size_t length) {
  char *at = octets;
  while (length > 0) {
    ssize_t n = read(fd, at, length);
    if (n <= 0) return -1;
    at += n;
    length -= n;
  }
  return 0;
}

#endif
