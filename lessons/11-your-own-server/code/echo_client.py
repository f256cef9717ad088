# An echo client in Python.   python3 echo_client.py 9000
import socket
import sys

port = int(sys.argv[1]) if len(sys.argv) > 1 else 9000
line = b"hello\n"

#: socket
server = socket.socket(socket.AF_INET, socket.SOCK_STREAM)

#: connect
server.connect(("127.0.0.1", port))

#: write
server.sendall(line)

#: read
answer = b""
while len(answer) < len(line):
    data = server.recv(len(line) - len(answer))
    if not data:
        sys.exit("the server closed too early")
    answer += data
print(answer.decode(), end="")

#: close
server.close()
