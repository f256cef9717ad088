import type { OwnProgram } from '../schema.ts';

/** Takes one connection, closes it first, and ends. It does not ask for SO_REUSEADDR. */
export function closesFirst(port: number): OwnProgram {
  return {
    prints: 'listening',
    python: `python3 -u -c "import socket; s=socket.socket(); s.bind(('127.0.0.1', ${port})); s.listen(); print('listening'); c,_=s.accept(); c.close()"`,
    c: `#include <arpa/inet.h>
#include <stdio.h>
#include <unistd.h>

int main(void) {
  struct sockaddr_in here = { 0 };
  here.sin_family = AF_INET;
  here.sin_port = htons(${port});
  here.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  int s = socket(AF_INET, SOCK_STREAM, 0);
  /* No setsockopt(SO_REUSEADDR): that is the point. */
  if (bind(s, (struct sockaddr *)&here, sizeof here) < 0 || listen(s, 8) < 0) {
    perror("cannot listen");
    return 1;
  }
  puts("listening");
  fflush(stdout);
  close(accept(s, NULL, NULL));
  return 0;
}
`,
  };
}
