/** The kernel's sockets in the namespace, as Node has them, and what `ss` says of them. */
import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type Server, Socket } from 'node:net';
import { promisify } from 'node:util';
import { KERNEL_ADDRESS, LAB_ADDRESS } from './tunnel.ts';

const run = promisify(execFile);

/** A server of the kernel on an ephemeral port; connections stay half-open until they are ended. */
export async function kernelServer(serve: (socket: Socket) => void): Promise<{ server: Server; port: number }> {
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    socket.on('error', () => undefined);
    serve(socket);
  });
  server.listen(0, KERNEL_ADDRESS);
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new TypeError('a TCP server has a port');
  return { server, port: address.port };
}

/** A connection of the kernel to the lab's host that has only begun. */
export function kernelConnect(port: number): Socket {
  const socket = new Socket({ allowHalfOpen: true });
  socket.on('error', () => undefined);
  return socket.connect({ port, host: LAB_ADDRESS, localAddress: KERNEL_ADDRESS });
}

/** Everything until the end. Rejects when the connection fails. */
export async function readAll(socket: Socket): Promise<Buffer> {
  const parts: Buffer[] = [];
  socket.on('data', (part) => parts.push(part));
  await once(socket, 'end');
  return Buffer.concat(parts);
}

/** A row of `ss -tan`: the state and both ends. */
export interface SocketRow {
  readonly state: string;
  readonly local: string;
  readonly peer: string;
}

/** TCP sockets of the namespace. */
export async function socketRows(): Promise<readonly SocketRow[]> {
  const { stdout } = await run('ss', ['-tanH']);
  const lines = stdout.split('\n').filter((line) => line !== '');
  return lines.map((line) => {
    const [state = '', , , local = '', peer = ''] = line.trim().split(/\s+/);
    return { state, local, peer };
  });
}

/** The kernel's counters by name, since the namespace was made. */
export async function counters(): Promise<Readonly<Record<string, number>>> {
  const { stdout } = await run('nstat', ['-asz']);
  const pairs = stdout.split('\n').filter((line) => /^\w+\s+\d/.test(line));
  return Object.fromEntries(pairs.map((line) => line.split(/\s+/)).map(([name = '', value]) => [name, Number(value)]));
}
