/** Ports for programs that cannot be told to take any (0) and to say which. */
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:net';

/** Below these are the ports of servers that people know, our own among them. */
const LOWEST_PORT = 10_000;
const HIGHEST_PORT = 65_535;

/** Where the system's own ports begin and end, where it does not say: the range that IANA has for them (RFC 6335 §6). */
const DYNAMIC_PORTS = [49_152, 65_535] as const;

/** So many ports to choose among are enough for two to be hardly ever the same. */
const ENOUGH_PORTS = 2_000;

/** Ports tried before giving up. */
const MAX_TRIES = 100;

const given = new Set<number>();

/**
 * A port of 127.0.0.1 that nobody has, and that nobody gets by chance before it is used: it is none of those that the
 * system gives to whoever asks for any, as servers on port 0 and clients do, and none that was given before. A port that was
 * got by listening on 0 and closing again is anybody's: the next server on 0 has it, now and then.
 */
export async function freePort(): Promise<number> {
  const [from, to] = await ownRange();
  for (let tries = 0; tries < MAX_TRIES; tries += 1) {
    const port = from + Math.floor(Math.random() * (to - from));
    if (given.has(port) || !(await isFree(port))) continue;
    given.add(port);
    return port;
  }
  throw new Error(`none of ${MAX_TRIES} ports from ${from} to ${to} is free`);
}

/** The larger of the ranges below and above the system's own ports; `to` is not in it. */
async function ownRange(): Promise<readonly [from: number, to: number]> {
  const [first, last] = await systemRange();
  const below = [LOWEST_PORT, Math.max(LOWEST_PORT, first)] as const;
  const above = [last + 1, HIGHEST_PORT + 1] as const;
  const range = below[1] - below[0] >= above[1] - above[0] ? below : above;
  // Where the system has nearly all of them, a port of its own is better than none.
  return range[1] - range[0] >= ENOUGH_PORTS ? range : [LOWEST_PORT, HIGHEST_PORT + 1];
}

async function systemRange(): Promise<readonly [first: number, last: number]> {
  const said = await readFile('/proc/sys/net/ipv4/ip_local_port_range', 'utf8').catch(() => '');
  const [first, last] = said.trim().split(/\s+/).map(Number);
  return first && last ? [first, last] : DYNAMIC_PORTS;
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer().listen(port, '127.0.0.1');
  try {
    await once(server, 'listening');
  } catch {
    return false;
  }
  server.close();
  await once(server, 'close');
  return true;
}
