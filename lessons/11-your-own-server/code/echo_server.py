# An echo server in Python.   python3 echo_server.py 9000
import socket
import sys

port = int(sys.argv[1]) if len(sys.argv) > 1 else 9000

#: socket
listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)

#: bind
listener.bind(("127.0.0.1", port))

#: listen
listener.listen()
print("listening on 127.0.0.1 port", listener.getsockname()[1], flush=True)

#: accept
while True:
    client, address = listener.accept()
    try:
        #: read
        while data := client.recv(4096):

            #: write
            client.sendall(data)
    except OSError as error:
        print(error, file=sys.stderr)

    #: close
    client.close()
