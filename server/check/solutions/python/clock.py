"""The time in UTC, as RFC 3339 writes it. (Not time.py: that would hide Python's own module.)"""

from datetime import datetime, timezone

from serving import serve_each


def serve(client):
    client.sendall(datetime.now(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ\r\n").encode())


serve_each(serve)
