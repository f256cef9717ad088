/** What happens in each capture that comes with the page. */
import { ended, FAR, NEAR, python } from './programs.ts';

const PORT = 7_007;
/** Where the far end of the link is. */
export const FAR_ADDRESS = '10.77.0.2';

/** How one capture is made. */
export interface Recipe {
  readonly name: string;
  readonly device: string;
  readonly comment: string;
  readonly act: () => Promise<void>;
}

/** An echo server for one connection, on every address. */
const ECHO = `
import socket
server = socket.socket(); server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
server.bind(('', ${PORT})); server.listen(1); print('ready')
peer, _ = server.accept()
while True:
    data = peer.recv(65536)
    if not data: break
    peer.sendall(data)
peer.close()`;

const client = (address: string, body: string): string =>
  `import socket, struct, time\ns = socket.create_connection(('${address}', ${PORT}))\n${body}`;

/** A server that counts what it gets, and says so at the end. */
const SINK = ECHO.replace('peer.sendall(data)', 'pass');

/** All of them. */
export const RECIPES: readonly Recipe[] = [
  {
    name: 'handshake',
    device: 'lo',
    comment: 'A client connects to an echo server on the loopback, says hello, gets it back, and closes first.',
    act: async () => {
      const server = await python(NEAR, ECHO, true);
      await python(NEAR, client('127.0.0.1', "s.sendall(b'hello\\n'); s.recv(100); s.close()"));
      await ended(server);
    },
  },
  {
    name: 'refused',
    device: 'lo',
    comment: 'A client connects to a port of the loopback where nobody listens.',
    act: async () => {
      await python(
        NEAR,
        `import socket\ntry: socket.create_connection(('127.0.0.1', ${PORT}))\nexcept ConnectionRefusedError: pass`,
      );
    },
  },
  {
    name: 'reset',
    device: 'lo',
    comment: 'A client sends a few octets and ends the connection with a RST (SO_LINGER 0, then close).',
    act: async () => {
      const server = await python(
        NEAR,
        `${ECHO.replace('peer.sendall(data)', 'pass')}`.replace(
          'data = peer.recv(65536)',
          'try: data = peer.recv(65536)\n    except ConnectionResetError: break',
        ),
        true,
      );
      await python(
        NEAR,
        client(
          '127.0.0.1',
          "s.sendall(b'bye'); time.sleep(0.05); s.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack('ii', 1, 0)); s.close()",
        ),
      );
      await ended(server);
    },
  },
  {
    name: 'half-close',
    device: 'lo',
    comment: 'The client finishes (shutdown), and only then the server answers, and finishes, too.',
    act: async () => {
      const answerLater = ECHO.replace('peer.sendall(data)', 'kept = data').replace(
        'peer.close()',
        'import time; time.sleep(0.05); peer.sendall(kept[::-1]); peer.close()',
      );
      const server = await python(NEAR, answerLater, true);
      await python(
        NEAR,
        client('127.0.0.1', "s.sendall(b'stressed'); s.shutdown(socket.SHUT_WR); s.recv(100); s.recv(100); s.close()"),
      );
      await ended(server);
    },
  },
  {
    name: 'unreachable',
    device: 'lo',
    comment: 'A datagram to a port of the loopback where nobody listens: the ICMP error quotes it.',
    act: async () => {
      await python(
        NEAR,
        `import socket\ns = socket.socket(type=socket.SOCK_DGRAM); s.connect(('127.0.0.1', ${PORT})); s.send(b'anybody?')\ntry: s.recv(10)\nexcept ConnectionRefusedError: pass`,
      );
    },
  },
  {
    name: 'fragmentation',
    device: 'near0',
    comment: 'A datagram of 4,000 octets over a link with an MTU of 1,500: three fragments.',
    act: async () => {
      const server = await python(
        FAR,
        `import socket\ns = socket.socket(type=socket.SOCK_DGRAM); s.bind(('', ${PORT})); print('ready'); d, a = s.recvfrom(65535); s.sendto(b'%d octets' % len(d), a)`,
        true,
      );
      await python(
        NEAR,
        `import socket\ns = socket.socket(type=socket.SOCK_DGRAM); s.connect(('${FAR_ADDRESS}', ${PORT})); s.setsockopt(socket.IPPROTO_IP, 10, 0); s.send(bytes(4000)); s.recv(100)`,
      );
      await ended(server);
    },
  },
  {
    name: 'retransmission',
    device: 'lossy0',
    comment:
      'Twelve segments over a link that drops the fourth, once: duplicate acknowledgments with SACK, and the segment again.',
    act: async () => {
      const server = await python(FAR, SINK, true);
      const body =
        's.setsockopt(6, 1, 1)\nfor i in range(12):\n    s.sendall(bytes([65 + i]) * 500); time.sleep(0.002)\ns.close()';
      await python(NEAR, client('10.78.0.2', body));
      await ended(server);
    },
  },
];
