/* What the clients in C share: a connection to the port that is named. */
#ifndef CLIENT_H
#define CLIENT_H

#include "net.h"

static FILE *connected(int argc, char **argv) {
  int fd = socket(AF_INET, SOCK_STREAM, 0);
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(argc > 1 ? atoi(argv[1]) : 9000)};
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (connect(fd, (struct sockaddr *)&address, sizeof address) < 0) {
    perror("cannot connect");
    exit(1);
  }
  return fdopen(fd, "r");
}

#endif
