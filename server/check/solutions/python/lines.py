"""A line is complete when its line feed is there; what follows it belongs to the next."""

from serving import serve_each

MAX_LINE = 4096


def serve(client):
    held = b""
    while len(held) <= MAX_LINE:
        data = client.recv(4096)
        if not data:
            return
        *lines, held = (held + data).split(b"\n")
        for line in lines:
            line = line.removesuffix(b"\r")
            client.sendall(b"%d %s\n" % (len(line), line))


serve_each(serve)
