"""A tiny HTTP/1.1 server: reads a head up to its empty line, then a body by its length."""

import re
import socket

from serving import serve_each

MAX_BODY = 1 << 20


def respond(client, status, body, with_body=True):
    head = f"HTTP/1.1 {status}\r\nContent-Type: text/plain\r\nContent-Length: {len(body)}\r\n\r\n"
    client.sendall(head.encode() + (body if with_body else b""))


def read_fields(stream):
    fields = {}
    while (line := stream.readline(8192)) not in (b"\r\n", b"\n", b""):
        name, _, value = line.decode("latin-1").partition(":")
        fields[name.lower()] = value.strip()
    return fields


def refuse(client, stream):
    respond(client, "400 Bad Request", b"")
    client.shutdown(socket.SHUT_WR)
    while stream.read1(8192):  # else what is unread would turn our close into a RST
        pass


def serve(client):
    stream = client.makefile("rb")
    while line := stream.readline(8192):
        request = re.fullmatch(rb"([A-Z]+) (\S+) HTTP/1\.1\r?\n", line)
        fields = read_fields(stream) if request else {}
        length = int(fields.get("content-length", 0))
        if "host" not in fields or length > MAX_BODY:
            return refuse(client, stream)
        body = stream.read(length)
        method, path = request.groups()
        if path == b"/hello" and method in (b"GET", b"HEAD"):
            respond(client, "200 OK", b"hello\n", method == b"GET")
        elif path == b"/echo" and method == b"POST":
            respond(client, "200 OK", body)
        else:
            respond(client, "404 Not Found", b"not found\n", method != b"HEAD")
        if fields.get("connection", "").lower() == "close":
            return


serve_each(serve)
