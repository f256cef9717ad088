/** What the lab's host serves to the kernel's clients. */
import { bodyOf, digestOf } from './bodies.ts';
import { type LabConnection, LabListener } from './connection.ts';
import type { RealTimeHost } from './real-time-host.ts';

/** Ports of the lab's host. `digest` reads to the end, answers the SHA-256 in hex, and ends. */
export const LAB_PORTS = { echo: 7, digest: 9, http: 80, reset: 86, greet: 87 } as const;

const MAX_REQUEST_CHARS = 8_192;

/** Serves on all of LAB_PORTS. */
export function serveAll(host: RealTimeHost): void {
  new LabListener(host, LAB_PORTS.echo).serve(echo);
  new LabListener(host, LAB_PORTS.digest).serve(digest);
  new LabListener(host, LAB_PORTS.http).serve(http);
  new LabListener(host, LAB_PORTS.reset).serve(reset);
  new LabListener(host, LAB_PORTS.greet).serve(greet);
}

async function echo(connection: LabConnection): Promise<void> {
  for (let part = await connection.read(); part !== null; part = await connection.read()) await connection.write(part);
  connection.close();
}

async function digest(connection: LabConnection): Promise<void> {
  const bytes = await connection.readAll();
  await connection.write(Buffer.from(`${digestOf(bytes)}\n`));
  connection.close();
}

/** `GET /N` answers N octets of `bodyOf(N)`. */
async function http(connection: LabConnection): Promise<void> {
  let request = '';
  while (!request.includes('\r\n\r\n') && request.length < MAX_REQUEST_CHARS) {
    const part = await connection.read();
    if (part === null) break;
    request += Buffer.from(part).toString('latin1');
  }
  const octets = Number(/^GET \/(\d+) /.exec(request)?.[1] ?? 0);
  const head = `HTTP/1.1 200 OK\r\nContent-Length: ${octets}\r\nConnection: close\r\n\r\n`;
  await connection.write(Buffer.from(head));
  await connection.write(bodyOf(octets));
  connection.close();
}

/** Answers the first octets with a RST. */
async function reset(connection: LabConnection): Promise<void> {
  await connection.read();
  connection.abort();
}

/** Speaks first, ends its half, and goes on reading until the peer has ended too. */
async function greet(connection: LabConnection): Promise<void> {
  await connection.write(Buffer.from('hello\n'));
  connection.shutdown();
  await connection.readAll();
  connection.close();
}
