import type { OwnProgram } from '../schema.ts';

/** Listens on a port with a queue for about two connections, and never takes one out of it. */
export function neverAccepts(port: number): OwnProgram {
  return {
    prints: 'listening',
    python: `python3 -u -c "import socket,time; s=socket.create_server(('127.0.0.1', ${port}), backlog=1); print('listening'); time.sleep(600)"`,
    c: `#include <arpa/inet.h>
#include <stdio.h>
#include <unistd.h>

int main(void) {
  struct sockaddr_in here = { 0 };
  here.sin_family = AF_INET;
  here.sin_port = htons(${port});
  here.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  int s = socket(AF_INET, SOCK_STREAM, 0);
  if (bind(s, (struct sockaddr *)&here, sizeof here) < 0 || listen(s, 1) < 0) {
    perror("cannot listen");
    return 1;
  }
  puts("listening");
  fflush(stdout);
  pause(); /* and never accept() */
}
`,
  };
}
