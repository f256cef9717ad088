"""Many clients at once: a thread for each."""

from serving import serve_each


def serve(client):
    while data := client.recv(4096):
        client.sendall(data)


serve_each(serve)
