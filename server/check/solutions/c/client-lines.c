/* Answers questions, one a line. */
#include "client.h"

int main(int argc, char **argv) {
  FILE *server = connected(argc, argv);
  char line[256];
  long a, b;
  while (fgets(line, sizeof line, server) && strcmp(line, "bye\n") != 0) {
    if (sscanf(line, "add %ld %ld", &a, &b) != 2) continue;
    int length = snprintf(line, sizeof line, "%ld\n", a + b);
    write_all(fileno(server), line, length);
  }
  fclose(server);
}
