/* Counts until the client's FIN, and answers after it. */
#include "net.h"

static void serve(int client) {
  char buffer[4096];
  unsigned long total = 0;
  ssize_t got;
  while ((got = read(client, buffer, sizeof buffer)) > 0) total += got;
  if (got == 0) write_all(client, buffer, snprintf(buffer, sizeof buffer, "%lu\n", total));
}

int main(int argc, char **argv) { serve_each(open_server(SOCK_STREAM, argc, argv), serve); }
