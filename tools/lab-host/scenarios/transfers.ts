/** Octets from one end to the other, opened by the lab's host, and many connections at once. */
import { bodyOf, digestOf } from '../bodies.ts';
import { LabConnection } from '../connection.ts';
import { kernelConnect, kernelServer, readAll } from '../kernel-sockets.ts';
import { LAB_PORTS } from '../servers.ts';
import { KERNEL_ADDRESS } from '../tunnel.ts';
import { numberIn, type Scenario } from './scenario.ts';

/** The kernel serves a body; the lab's host reads it. */
const download: Scenario = async ({ host }, options) => {
  const body = bodyOf(numberIn(options, 'octets', 100_000));
  const { server, port } = await kernelServer((socket) => socket.end(body));
  const connection = await LabConnection.connect(host, KERNEL_ADDRESS, port);
  const read = await connection.readAll();
  connection.close();
  server.close();
  return { sent: digestOf(body), received: digestOf(read) };
};

/** The lab's host sends a body and ends its half; the kernel's server then answers what it has got (half-close). */
const upload: Scenario = async ({ host }, options) => {
  const body = bodyOf(numberIn(options, 'octets', 100_000));
  const { server, port } = await kernelServer(async (socket) => socket.end(digestOf(await readAll(socket))));
  const connection = await LabConnection.connect(host, KERNEL_ADDRESS, port);
  await connection.write(body);
  connection.shutdown();
  const answer = String(await connection.readAll());
  connection.close();
  server.close();
  return { sent: digestOf(body), received: answer };
};

/** The lab's host sends a body to a server of the namespace, reads what it answers, and closes. */
const sendTo: Scenario = async ({ host }, options) => {
  const body = bodyOf(numberIn(options, 'octets', 100_000));
  const connection = await LabConnection.connect(host, KERNEL_ADDRESS, numberIn(options, 'port', 0));
  await connection.write(body);
  connection.shutdown();
  const answer = await connection.readAll();
  connection.close();
  return { sent: digestOf(body), received: digestOf(answer), octets: answer.length };
};

/** Many connections at once, each with a body of its own there and back; half are opened by either end. */
const parallel: Scenario = async ({ host }, options) => {
  const count = numberIn(options, 'connections', 50);
  const octets = numberIn(options, 'octets', 20_000);
  const { server, port } = await kernelServer((socket) => socket.pipe(socket));
  const bodies = Array.from({ length: count }, (_, index) => bodyOf(octets, index + 1));
  const echoes = bodies.map((body, index) => (index % 2 === 0 ? fromKernel(body) : fromLab(host, port, body)));
  const came = await Promise.all(echoes);
  server.close();
  return { same: came.filter((echo, index) => bodies[index]?.equals(echo)).length };
};

async function fromKernel(body: Buffer): Promise<Buffer> {
  const socket = kernelConnect(LAB_PORTS.echo);
  socket.end(body);
  return readAll(socket);
}

async function fromLab(host: Parameters<typeof LabConnection.connect>[0], port: number, body: Buffer): Promise<Buffer> {
  const connection = await LabConnection.connect(host, KERNEL_ADDRESS, port);
  const echo = connection.readAll();
  await connection.write(body);
  connection.shutdown();
  const bytes = await echo;
  connection.close();
  return bytes;
}

/** By the names with which they are asked for. */
export const TRANSFERS = { download, upload, sendTo, parallel };
