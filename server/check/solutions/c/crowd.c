/* Many clients at once: a process for each. */
#include "net.h"

static void serve(int client) {
  char buffer[4096];
  ssize_t got;
  while ((got = read(client, buffer, sizeof buffer)) > 0)
    if (write_all(client, buffer, got) < 0) return;
}

int main(int argc, char **argv) { serve_each(open_server(SOCK_STREAM, argc, argv), serve); }
