"""A chat room: threads that share the members, one at a time."""

import re
import threading

from serving import serve_each

members = {}
lock = threading.Lock()


def tell_others(nick, text):
    for other, client in members.items():
        if other != nick:
            try:
                client.sendall(text.encode())
            except OSError:
                pass  # its own thread will see that it is gone


def serve(client):
    lines = (line.rstrip("\r\n") for line in client.makefile("r", encoding="utf-8", newline="\n"))
    nick = next(lines, "")
    with lock:
        if not re.fullmatch("[a-z0-9]{1,20}", nick) or nick in members:
            client.sendall(b"nick taken\n")
            return
        members[nick] = client
        client.sendall(f"welcome {nick}\n".encode())
        tell_others(nick, f"* {nick} joined\n")
    try:
        for line in lines:
            with lock:
                tell_others(nick, f"{nick}: {line}\n")
    finally:
        with lock:
            del members[nick]
            tell_others(nick, f"* {nick} left\n")


serve_each(serve)
