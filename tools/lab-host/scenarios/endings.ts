/** Refusals and resets, in both directions; pings of the lab's host; and what is left over. */
import { once } from 'node:events';
import { bodyOf } from '../bodies.ts';
import { LabConnection } from '../connection.ts';
import { counters, kernelConnect, kernelServer, socketRows } from '../kernel-sockets.ts';
import { LAB_PORTS } from '../servers.ts';
import { KERNEL_ADDRESS } from '../tunnel.ts';
import { numberIn, type Scenario } from './scenario.ts';

const UNUSED_PORT = 1;

const message = (error: unknown) => (error instanceof Error ? error.message : String(error));
const codeOf = (error: unknown) => (error instanceof Error && 'code' in error ? String(error.code) : message(error));

/** Each end connects to a port of the other where nobody listens. */
const refused: Scenario = async ({ host }) => {
  const lab = await LabConnection.connect(host, KERNEL_ADDRESS, UNUSED_PORT).then(() => 'connected', message);
  const [error] = await once(kernelConnect(UNUSED_PORT), 'error');
  return { lab, kernel: codeOf(error) };
};

/** Each end resets a connection that stands. */
const reset: Scenario = async ({ host }) => {
  const socket = kernelConnect(LAB_PORTS.reset);
  socket.write('x');
  const [error] = await once(socket, 'error');
  const { server, port } = await kernelServer((peer) => void peer.once('data', () => peer.resetAndDestroy()));
  const connection = await LabConnection.connect(host, KERNEL_ADDRESS, port);
  await connection.write(Buffer.from('x'));
  const lab = await connection.read().then(() => 'read', message);
  server.close();
  return { kernel: codeOf(error), lab };
};

/** What the kernel counted, its sockets, and ours: those that are neither listening nor waiting out their time. */
const leftovers: Scenario = async ({ host, wire }) => {
  const over = ['LISTEN', 'TIME-WAIT', 'CLOSED'];
  const rows = (await socketRows()).filter(({ state }) => !over.includes(state));
  const views = host.views().filter(({ state }) => !over.includes(state));
  return {
    kernel: rows.map(({ state, local, peer }) => `${state} ${local} ${peer}`),
    lab: views.map(({ state, local, peer }) => `${state} ${local.port} ${peer?.port}`),
    counters: await counters(),
    wire: wire.counts,
  };
};

/** The lab's host pings the kernel. */
const ping: Scenario = async ({ host }, options) => {
  const bytes = bodyOf(numberIn(options, 'octets', 56));
  const echoed = host.pong();
  host.call({ call: 'ping', to: KERNEL_ADDRESS, identifier: 7, sequence: 1, bytes });
  const { from, identifier, sequence, bytes: came } = await echoed;
  return { from, identifier, sequence, same: bytes.equals(came) };
};

/** By the names with which they are asked for. */
export const ENDINGS = { refused, reset, leftovers, ping };
