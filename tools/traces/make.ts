/**
 * Makes the captures that come with the page: `sudo npx tsx tools/traces/make.ts` on Linux with tcpdump, socat and iproute2.
 * Everything happens between real sockets in network namespaces of its own, and tcpdump captures it; nothing is edited but
 * the comment on the first packet, which says what was done.
 */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { release } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { CaptureInterface, Frame } from '../../server/packets/capture-file.ts';
import { CaptureReader } from '../../server/packets/capture-reader.ts';
import { parseIpv4 } from '../../server/packets/ipv4.ts';
import { isProblem } from '../../server/packets/octets.ts';
import { interfaceBlock, packetBlock, sectionBlock } from '../../server/packets/pcapng-writer.ts';
import { parseTcp } from '../../server/packets/tcp.ts';
import { inRepository } from '../run/repository.js';

const FOLDER = inRepository('web', 'public', 'traces');
const NEAR = 'porthole-near';
const FAR = 'porthole-far';
const PORT = 7_007;
/** Time for packets to reach tcpdump, and for the kernel to send what it sends by itself. */
const SETTLE_MS = 700;

/** How one capture is made. */
interface Recipe {
  readonly name: string;
  readonly device: string;
  readonly comment: string;
  readonly act: () => Promise<void>;
}

/** Every program that was started, so that none is left. */
const started: ChildProcess[] = [];

function within(namespace: string, file: string, ...args: readonly string[]): ChildProcess {
  const child = spawn('ip', ['netns', 'exec', namespace, file, ...args], { stdio: ['pipe', 'pipe', 'pipe'] });
  started.push(child);
  return child;
}

function run(command: string): void {
  const [file = '', ...args] = command.split(' ');
  execFileSync(file, args, { stdio: 'inherit' });
}

/** Runs a Python program to its end, or until it says that it is ready. */
async function python(namespace: string, program: string, untilReady = false): Promise<ChildProcess> {
  const child = within(namespace, 'python3', '-uc', program);
  child.stderr?.pipe(process.stderr);
  if (untilReady) await once(child.stdout ?? child, 'data');
  else await ended(child);
  return child;
}

/** Waits for a program's end, which may have come already. */
async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
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

const FAR_ADDRESS = '10.77.0.2';

const RECIPES: readonly Recipe[] = [
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

/** Two namespaces: a link of their own (veth), and one that loses (TUN devices with a link of ours between them). */
function setUp(): void {
  for (const name of [NEAR, FAR]) {
    run(`ip netns add ${name}`);
    run(`ip -n ${name} link set lo up`);
  }
  run(`ip link add near0 netns ${NEAR} mtu 1500 type veth peer name far0 netns ${FAR} mtu 1500`);
  run(`ip -n ${NEAR} addr add 10.77.0.1/24 dev near0`);
  run(`ip -n ${FAR} addr add ${FAR_ADDRESS}/24 dev far0`);
  run(`ip -n ${NEAR} link set near0 up`);
  run(`ip -n ${FAR} link set far0 up`);
}

/** Carries packets between two TUN devices by UDP on the loopback of each namespace's host, and drops one. */
async function lossyLink(): Promise<() => void> {
  const [near, far] = [createSocket('udp4'), createSocket('udp4')];
  near.bind(0, '127.0.0.1');
  far.bind(0, '127.0.0.1');
  await Promise.all([once(near, 'listening'), once(far, 'listening')]);
  const ends = { near: 0, far: 0 };
  let data = 0;
  near.on('message', (packet, from) => {
    ends.near = from.port;
    if (carriesData(packet)) data += 1;
    if (data === 4 && carriesData(packet)) {
      data += 1;
      return;
    }
    if (ends.far > 0) far.send(packet, ends.far, '127.0.0.1');
  });
  far.on('message', (packet, from) => {
    ends.far = from.port;
    if (ends.near > 0) near.send(packet, ends.near, '127.0.0.1');
  });
  const device = async (namespace: string, name: string, address: string, port: number): Promise<void> => {
    // The device is made here, where the loopback reaches us, and moved into its namespace.
    const tunnel = `TUN:${address}/24,tun-name=${name},iff-up,iff-no-pi=1`;
    const child = spawn('socat', [tunnel, `UDP4-DATAGRAM:127.0.0.1:${port},bind=127.0.0.1:0`], { stdio: 'inherit' });
    started.push(child);
    await pause(SETTLE_MS);
    run(`ip link set ${name} netns ${namespace}`);
    run(`ip -n ${namespace} addr add ${address}/24 dev ${name}`);
    run(`ip -n ${namespace} link set ${name} mtu 1500 up`);
  };
  await device(NEAR, 'lossy0', '10.78.0.1', near.address().port);
  await device(FAR, 'lossy1', '10.78.0.2', far.address().port);
  // The far device says something first, so that we learn its port.
  await python(FAR, "import socket; socket.socket(type=socket.SOCK_DGRAM).sendto(b'', ('10.78.0.1', 9))");
  return () => {
    near.close();
    far.close();
  };
}

function carriesData(packet: Buffer): boolean {
  const ip = parseIpv4(packet, 0, packet.length);
  if (isProblem(ip) || ip.protocol !== 6) return false;
  const tcp = parseTcp(packet, ip.headerLength, packet.length);
  return !isProblem(tcp) && packet.length > ip.headerLength + tcp.headerLength;
}

async function capture({ name, device, comment, act }: Recipe): Promise<void> {
  const raw = join(FOLDER, `${name}.pcap`);
  const filter = 'tcp or udp or icmp or ip[6:2] & 0x1fff != 0';
  const tcpdump = within(
    NEAR,
    'tcpdump',
    '-i',
    device,
    '-n',
    '-U',
    '--immediate-mode',
    '--time-stamp-precision=nano',
    '-Z',
    'root',
    '-w',
    raw,
    filter,
  );
  await once(tcpdump.stderr ?? tcpdump, 'data');
  await act();
  await pause(SETTLE_MS);
  tcpdump.kill('SIGINT');
  await ended(tcpdump);
  writeFileSync(join(FOLDER, `${name}.pcapng`), pcapng(readFileSync(raw), device, comment));
  rmSync(raw);
}

function pcapng(raw: Uint8Array, device: string, comment: string): Uint8Array {
  const frames: Frame[] = [];
  const interfaces: CaptureInterface[] = [];
  const reader = new CaptureReader({ frame: (frame) => frames.push(frame), interface: (one) => interfaces.push(one) });
  reader.push(raw);
  const problem = reader.end();
  if (problem || frames.length === 0) throw new Error(`nothing was captured on ${device}: ${problem?.message}`);
  const [described] = interfaces;
  return Buffer.concat([
    sectionBlock({ application: 'Porthole', comment: `${comment} Linux ${kernel()}.` }),
    interfaceBlock({ linkType: described?.linkType ?? 1, name: device, snapLength: 0 }),
    ...frames.map((frame, at) => packetBlock({ ...frame, interface: 0, comment: at === 0 ? comment : null })),
  ]);
}

/** Major and minor number of the kernel, which is what its TCP goes by. */
function kernel(): string {
  return /^\d+\.\d+/.exec(release())?.[0] ?? release();
}

setUp();
let unlink: () => void = () => {};
try {
  unlink = await lossyLink();
  for (const recipe of RECIPES) await capture(recipe);
} finally {
  unlink();
  for (const child of started) child.kill();
  for (const name of [NEAR, FAR]) run(`ip netns del ${name}`);
}
