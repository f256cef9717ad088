"""Messages by JSON, one object a line: threads that share the accounts, one at a time."""

import json
import threading

from serving import serve_each

PASSWORD = "porthole"
lock = threading.Lock()
next_id = 0


class Account:
    def __init__(self):
        self.sessions, self.waiting, self.acknowledged = [], [], {}


accounts = {name: Account() for name in ("alice", "bob", "carol")}


def say(client, **fields):
    try:
        client.sendall(json.dumps(fields, ensure_ascii=False).encode() + b"\n")
    except OSError:
        pass  # its own thread will see that it is gone


def fail(client, re, code):
    say(client, type="error", re=re, code=code, message=code)


def login(client, request):
    account = accounts.get(request.get("user"))
    if account is None or request.get("password") != PASSWORD:
        fail(client, request.get("id"), "wrong-credentials")
        return None
    account.sessions.append(client)
    say(client, type="welcome", re=request.get("id"), user=request["user"])
    for message in account.waiting:
        say(client, **message, delayed=True)
    account.waiting.clear()
    return request["user"]


def deliver(client, user, request):
    global next_id
    re, to = request.get("id"), request.get("to")
    known = accounts[user].acknowledged.get(re)
    if known:
        return say(client, type="ack", re=re, id=known, status="repeated")
    if to not in accounts:
        return fail(client, re, "no-such-user")
    next_id += 1
    message = {"type": "message", "id": f"p{next_id}", "from": user, "to": to, "body": request.get("body")}
    accounts[user].acknowledged[re] = message["id"]
    for session in accounts[to].sessions:
        say(session, **message)
    if not accounts[to].sessions:
        accounts[to].waiting.append(message)
    say(client, type="ack", re=re, id=message["id"], status="delivered" if accounts[to].sessions else "stored")


def answer(client, user, line):
    """The user after this line: a login changes it."""
    try:
        request = json.loads(line)
    except ValueError:
        fail(client, None, "not-json")
        return user
    match request.get("type"):
        case "ping":
            say(client, type="pong", re=request.get("id"))
        case "login":
            return login(client, request)
        case _ if user is None:
            fail(client, request.get("id"), "not-logged-in")
        case "message":
            deliver(client, user, request)
        case _:
            fail(client, request.get("id"), "unknown-type")
    return user


def serve(client):
    user = None
    say(client, type="hello", server="solution")
    try:
        for line in client.makefile("rb"):
            with lock:
                user = answer(client, user, line)
    finally:
        with lock:
            if user:
                accounts[user].sessions.remove(client)


serve_each(serve)
