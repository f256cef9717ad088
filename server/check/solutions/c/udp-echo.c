/* Every datagram goes back to where it came from. */
#include "net.h"

int main(int argc, char **argv) {
  int fd = open_server(SOCK_DGRAM, argc, argv);
  static char buffer[65536];
  for (;;) {
    struct sockaddr_in from;
    socklen_t length = sizeof from;
    ssize_t got = recvfrom(fd, buffer, sizeof buffer, 0, (struct sockaddr *)&from, &length);
    if (got >= 0) sendto(fd, buffer, got, 0, (struct sockaddr *)&from, length);
  }
}
