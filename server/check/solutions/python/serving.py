"""What the solutions in Python share: a socket that listens, and a thread for each connection."""

import socket
import sys
import threading

PORT = int(sys.argv[1]) if len(sys.argv) > 1 else 9000


def udp():
    """A UDP socket on PORT; says on which port it is."""
    server = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    server.bind(("127.0.0.1", PORT))
    print("listening on 127.0.0.1 port", server.getsockname()[1], flush=True)
    return server


def serve_each(serve):
    """Accepts for ever; `serve` gets each connection in a thread of its own, and it is closed after that."""
    listener = socket.create_server(("127.0.0.1", PORT), backlog=128)
    print("listening on 127.0.0.1 port", listener.getsockname()[1], flush=True)
    while True:
        client, _ = listener.accept()
        threading.Thread(target=_guarded, args=(serve, client), daemon=True).start()


def _guarded(serve, client):
    with client:
        try:
            serve(client)
        except OSError:
            pass  # the client is gone
