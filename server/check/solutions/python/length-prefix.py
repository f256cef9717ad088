"""Four octets of length, then the payload; it goes back the other way round."""

import struct

from serving import serve_each

MAX_PAYLOAD = 65536


def read_exactly(client, length):
    data = b""
    while len(data) < length:
        more = client.recv(length - len(data))
        if not more:
            raise ConnectionError("the stream ended within a message")
        data += more
    return data


def serve(client):
    while True:
        prefix = read_exactly(client, 4)
        (length,) = struct.unpack("!I", prefix)
        if length > MAX_PAYLOAD:
            return
        client.sendall(prefix + read_exactly(client, length)[::-1])


serve_each(serve)
