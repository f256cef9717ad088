/* An echo client with POSIX sockets.   cc echo-client.c -o echo-client && ./echo-client 9000 */
#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

int main(int argc, char **argv) {
  int port = argc > 1 ? atoi(argv[1]) : 9000;
  const char *line = "hello\n";
  size_t length = strlen(line);

  //: socket
  int server = socket(AF_INET, SOCK_STREAM, 0);

  //: connect
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(port)};
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (connect(server, (struct sockaddr *)&address, sizeof address) < 0) {
    perror("connect");
    return 1;
  }

  //: write
  for (size_t sent = 0; sent < length;) {
    ssize_t n = write(server, line + sent, length - sent);
    if (n < 0) return 1;
    sent += n;
  }

  //: read
  char answer[64];
  size_t got = 0;
  while (got < length) {
    ssize_t n = read(server, answer + got, length - got);
    if (n <= 0) return 1;
    got += n;
  }
  fwrite(answer, 1, got, stdout);

  //: close
  close(server);
  return 0;
}
