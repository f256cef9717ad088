"""Counts until the client's FIN, and answers after it."""

from serving import serve_each


def serve(client):
    total = 0
    while data := client.recv(65536):
        total += len(data)
    client.sendall(b"%d\n" % total)


serve_each(serve)
