/** The kernel's end of the wire: a TUN device whose packets socat hands over as datagrams, one each. */
import { type ChildProcess, spawn } from 'node:child_process';
import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { networkInterfaces } from 'node:os';

/** The kernel's address on the device, and that of the lab's host. */
export const KERNEL_ADDRESS = '10.77.0.1';
export const LAB_ADDRESS = '10.77.0.2';
const DEVICE = 'lab0';
const LOOPBACK = '127.0.0.1';
/** Bursts wait here until the event loop comes to them. */
const BUFFER_BYTES = 4 * 1024 * 1024;
const PATIENCE_MS = 10_000;
const POLL_MS = 10;

/** The device, and the socket on which its packets come and go. */
export class Tunnel {
  readonly #socket: Socket;
  readonly #socat: ChildProcess;
  #peer: number | null = null;

  private constructor(socket: Socket, socat: ChildProcess) {
    this.#socket = socket;
    this.#socat = socat;
  }

  /** Makes the device (as root, in a network namespace of its own) and waits until it is there. */
  static async open(): Promise<Tunnel> {
    const socket = createSocket({ type: 'udp4', recvBufferSize: BUFFER_BYTES, sendBufferSize: BUFFER_BYTES });
    socket.bind(0, LOOPBACK);
    await once(socket, 'listening');
    const port = await freePort();
    const device = `TUN:${KERNEL_ADDRESS}/24,tun-name=${DEVICE},iff-up,iff-no-pi=1`;
    const datagrams = `UDP4-DATAGRAM:${LOOPBACK}:${socket.address().port},bind=${LOOPBACK}:${port},rcvbuf=${BUFFER_BYTES}`;
    const socat = spawn('socat', ['-b', '65536', device, datagrams], { stdio: ['ignore', 'inherit', 'inherit'] });
    const tunnel = new Tunnel(socket, socat);
    tunnel.#peer = port;
    // However this process ends, the device goes with it.
    process.once('exit', () => socat.kill());
    await deviceIsUp();
    return tunnel;
  }

  /** From now on `receive` is told of every packet from the kernel. */
  listen(receive: (packet: Uint8Array) => void): void {
    this.#socket.on('message', (packet) => receive(packet));
  }

  send(packet: Uint8Array): void {
    if (this.#peer !== null) this.#socket.send(packet, this.#peer, LOOPBACK);
  }

  /** Removes the device. */
  async close(): Promise<void> {
    this.#peer = null;
    this.#socket.close();
    const ended = once(this.#socat, 'exit');
    this.#socat.kill();
    await ended;
  }
}

/** Waits until the kernel has the device and its address. Throws when it does not come. */
async function deviceIsUp(): Promise<void> {
  const until = performance.now() + PATIENCE_MS;
  while (!networkInterfaces()[DEVICE]?.some(({ address }) => address === KERNEL_ADDRESS)) {
    if (performance.now() > until) throw new Error(`the device ${DEVICE} did not come up within ${PATIENCE_MS} ms`);
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}

/** A port of the namespace that nobody has: the namespace is ours alone. */
async function freePort(): Promise<number> {
  const probe = createSocket('udp4');
  probe.bind(0, LOOPBACK);
  await once(probe, 'listening');
  const { port } = probe.address();
  probe.close();
  return port;
}
