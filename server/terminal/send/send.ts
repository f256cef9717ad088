/** `send`: exact octets in exact pieces. */
import type { Program } from '../command.ts';
import { sentenceOf } from '../errors.ts';
import { ConnectError, type Connection, openTcp } from '../net/connect.ts';
import { finish, receive } from '../net/conversation.ts';
import type { Target } from '../net/target.ts';
import { openUdp, type UdpLink } from '../net/udp.ts';
import type { SendPart } from './send-parts.ts';

/** Octets of a piece that its line shows. */
const SHOWN_BYTES = 48;

/** What is asked for besides target and parts. */
export interface SendOptions {
  /** How long to wait for what comes back after the last part, in milliseconds. */
  readonly waitMs: number;
  /** `-N`: a FIN after the last part. */
  readonly shutdown: boolean;
  /** `-R`: a RST at the end, in place of a FIN (as close(2) with SO_LINGER 0). */
  readonly reset: boolean;
}

/** A wait that ends with the program. */
function pause(program: Program, delayMs: number): Promise<void> {
  if (delayMs === 0) return Promise.resolve();
  return new Promise((resolve) => {
    program.own(program.effects.timer(delayMs, resolve));
  });
}

function hexOf(octets: Uint8Array): string {
  return Array.from(octets.subarray(0, SHOWN_BYTES), (octet) => octet.toString(16).padStart(2, '0')).join(' ');
}

/** One line about a piece: which way, how long, its octets in hex, and as text. */
function report(program: Program, sent: boolean, octets: Uint8Array): void {
  const more = octets.length > SHOWN_BYTES ? ' ...' : '';
  const count = `${octets.length} ${octets.length === 1 ? 'octet' : 'octets'}`;
  const style = sent ? 'sent' : 'received';
  program.output.print(`${sent ? 'sent    ' : 'received'} ${count.padEnd(12)} ${hexOf(octets)}${more}  `, style);
  const text = program.output.octets(style);
  // A line feed inside would tear the line in two: it is shown as what it is.
  text.write(
    Buffer.from(
      Buffer.from(octets.subarray(0, SHOWN_BYTES))
        .toString('latin1')
        .replace(/[\t\r\n]/g, named),
      'latin1',
    ),
  );
  text.end();
  program.output.line(more, style);
}

function named(control: string): string {
  return { '\t': '\\t', '\r': '\\r', '\n': '\\n' }[control] ?? control;
}

function sayFailed(
  program: Program,
  { target: { host, address, port }, code }: ConnectError,
  transport: string,
): number {
  const name = host === address ? host : `${host} (${address})`;
  program.errors.line(`send: ${name} port ${port} (${transport}): ${sentenceOf(code)} (${code})`);
  return 1;
}

async function connectToOne(program: Program, targets: readonly Target[]): Promise<Connection | null> {
  for (const target of targets) {
    try {
      return await openTcp(program, target);
    } catch (error) {
      if (!(error instanceof ConnectError)) throw error;
      sayFailed(program, error, 'tcp');
    }
  }
  return null;
}

/** Sends each part as a write of its own, and shows what comes back as it comes. */
export async function sendTcp(
  program: Program,
  targets: readonly Target[],
  parts: readonly SendPart[],
  { waitMs, shutdown, reset }: SendOptions,
): Promise<number> {
  const connection = await connectToOne(program, targets);
  if (connection === null) return 1;
  const { stream, socket } = connection;
  // Without Nagle's algorithm (RFC 9293 §3.7.4) a part does not wait for the one before it to be acknowledged.
  socket.setNoDelay(true);
  const { ended, gone } = receive(program, stream, (octets) => report(program, false, octets));
  for (const { delayMs, octets } of parts) {
    const end = await Promise.race([gone, pause(program, delayMs)]);
    if (end !== undefined) break;
    stream.write(octets);
    report(program, true, octets);
  }
  if (shutdown) await finish(stream);
  const end = (await Promise.race([ended, pause(program, waitMs)])) ?? null;
  if (end === 'end') program.output.line('[the peer closed its direction]', 'dim');
  else if (end !== null) program.output.line(`[${sentenceOf(end)} (${end})]`, 'dim');
  if (reset) {
    socket.resetAndDestroy();
    program.output.line('[reset]', 'dim');
  } else if (end === null || end === 'end') await finish(stream);
  stream.destroy();
  return end === null || end === 'end' ? 0 : 1;
}

/** Sends each part as a datagram, and shows the datagrams that come back. */
export async function sendUdp(
  program: Program,
  target: Target,
  parts: readonly SendPart[],
  { waitMs }: SendOptions,
): Promise<number> {
  try {
    return await datagrams(program, await openUdp(program, target), parts, waitMs);
  } catch (error) {
    if (error instanceof ConnectError) return sayFailed(program, error, 'udp');
    throw error;
  }
}

async function datagrams(program: Program, link: UdpLink, parts: readonly SendPart[], waitMs: number): Promise<number> {
  let status = 0;
  const refuse = (code: string) => {
    status = 1;
    sayFailed(program, new ConnectError(code, link.target, null), 'udp');
  };
  link.onError(refuse);
  link.socket.on('message', (octets) => report(program, false, octets));
  for (const { delayMs, octets } of parts) {
    await pause(program, delayMs);
    const code = await link.send(octets);
    if (code === null) report(program, true, octets);
    else refuse(code);
  }
  await pause(program, waitMs);
  return status;
}
