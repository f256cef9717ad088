/* An echo server with POSIX sockets.   cc echo-server.c -o echo-server && ./echo-server 9000 */
#include <arpa/inet.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

int main(int argc, char **argv) {
  int port = argc > 1 ? atoi(argv[1]) : 9000;
  signal(SIGPIPE, SIG_IGN); /* a client that is gone is an error of write, not our end */

  //: socket
  int listener = socket(AF_INET, SOCK_STREAM, 0);
  int on = 1;
  setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);

  //: bind
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(port)};
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (bind(listener, (struct sockaddr *)&address, sizeof address) < 0) {
    perror("bind");
    return 1;
  }

  //: listen
  listen(listener, 128);
  socklen_t length = sizeof address;
  getsockname(listener, (struct sockaddr *)&address, &length);
  printf("listening on 127.0.0.1 port %d\n", ntohs(address.sin_port));
  fflush(stdout);

  //: accept
  for (;;) {
    int client = accept(listener, NULL, NULL);
    if (client < 0) continue;

    //: read
    char buffer[4096];
    ssize_t got;
    while ((got = read(client, buffer, sizeof buffer)) > 0) {

      //: write
      for (ssize_t sent = 0, n; sent < got; sent += n) {
        n = write(client, buffer + sent, got - sent);
        if (n < 0) break;
      }
    }

    //: close
    close(client);
  }
}
