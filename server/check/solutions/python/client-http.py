"""Asks for a page; reads its body by its length, or up to the FIN where none is said."""

import socket
import sys

with socket.create_connection(("127.0.0.1", int(sys.argv[1]))) as server:
    server.sendall(b"GET /hello HTTP/1.1\r\nHost: localhost\r\n\r\n")
    stream = server.makefile("rb")
    length = -1
    while (line := stream.readline()) not in (b"\r\n", b""):
        name, _, value = line.partition(b":")
        if name.lower() == b"content-length":
            length = int(value)
    sys.stdout.buffer.write(stream.read(length))
    stream.close()
