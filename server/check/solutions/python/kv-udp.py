"""A key-value store by UDP."""

from serving import udp

store = {}


def reply(request):
    verb, _, rest = request.partition(b" ")
    key, space, value = rest.partition(b" ")
    if not 1 <= len(key) <= 64 or bool(space) != (verb == b"PUT"):
        return b"ERROR"
    if verb == b"PUT" and value:
        store[key] = value
        return b"OK"
    if verb == b"GET":
        return b"VALUE " + store[key] if key in store else b"NONE"
    if verb == b"DEL":
        return b"NONE" if store.pop(key, None) is None else b"OK"
    return b"ERROR"


server = udp()
while True:
    data, address = server.recvfrom(65536)
    server.sendto(reply(data), address)
