/* The time in UTC, as RFC 3339 writes it. */
#include "net.h"
#include <time.h>

int main(int argc, char **argv) {
  int listener = open_server(SOCK_STREAM, argc, argv);
  for (;;) {
    int client = accept(listener, NULL, NULL);
    if (client < 0) continue;
    char line[32];
    time_t now = time(NULL);
    size_t length = strftime(line, sizeof line, "%Y-%m-%dT%H:%M:%SZ\r\n", gmtime(&now));
    write_all(client, line, length);
    close(client);
  }
}
