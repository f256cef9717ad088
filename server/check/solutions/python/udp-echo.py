"""Every datagram goes back to where it came from."""

from serving import udp

server = udp()
while True:
    data, address = server.recvfrom(65536)
    server.sendto(data, address)
