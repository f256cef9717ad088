/* Asks for a page; reads its body by its length, or up to the FIN where none is said. */
#include "client.h"
#include <strings.h>

int main(int argc, char **argv) {
  FILE *server = connected(argc, argv);
  const char *request = "GET /hello HTTP/1.1\r\nHost: localhost\r\n\r\n";
  write_all(fileno(server), request, strlen(request));
  char line[1024];
  long length = -1;
  while (fgets(line, sizeof line, server) && strcmp(line, "\r\n") != 0)
    if (strncasecmp(line, "Content-Length:", 15) == 0) length = atol(line + 15);
  for (int octet; length != 0 && (octet = fgetc(server)) != EOF; length -= length > 0) putchar(octet);
  fclose(server);
}
