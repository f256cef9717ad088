"""Answers questions, one a line."""

import socket
import sys

with socket.create_connection(("127.0.0.1", int(sys.argv[1]))) as server:
    for line in server.makefile("r", newline="\n"):
        match line.split():
            case ["add", a, b]:
                server.sendall(b"%d\n" % (int(a) + int(b)))
            case ["bye"]:
                break
