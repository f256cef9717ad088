/* Four octets of length, then the payload; it goes back the other way round. */
#include "net.h"
#include <stdint.h>

enum { MAX_PAYLOAD = 65536 };

static void serve(int client) {
  static unsigned char payload[MAX_PAYLOAD];
  uint32_t prefix;
  while (read_all(client, &prefix, sizeof prefix) == 0) {
    uint32_t length = ntohl(prefix);
    if (length > MAX_PAYLOAD || read_all(client, payload, length) < 0) return;
    for (uint32_t at = 0; at < length / 2; at += 1) {
      unsigned char octet = payload[at];
      payload[at] = payload[length - 1 - at];
      payload[length - 1 - at] = octet;
    }
    if (write_all(client, &prefix, sizeof prefix) < 0 || write_all(client, payload, length) < 0) return;
  }
}

int main(int argc, char **argv) { serve_each(open_server(SOCK_STREAM, argc, argv), serve); }
