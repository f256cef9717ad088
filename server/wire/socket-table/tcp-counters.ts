/** The kernel's counters of live TCP connections, as ss(8) prints them: Linux only. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { formatEndpoint, plainAddress } from '#protocol/address.ts';
import type { Endpoint, SocketRow, TcpCounters } from '#protocol/wire.ts';

/** Longest that `ss` may take, in milliseconds. */
const SS_TIMEOUT_MS = 2_000;

/** Most that `ss` may print, in octets. */
const MAX_SS_BYTES = 4 * 1024 * 1024;

const run = promisify(execFile);

/** Counters by connection: see `connectionKey`. */
export type CountersByConnection = ReadonlyMap<string, TcpCounters>;

/** Names a connection as one of its ends sees it. */
export function connectionKey(local: Endpoint, remote: Endpoint): string {
  return `${formatEndpoint(local)} ${formatEndpoint(remote)}`;
}

/** The rows with what the kernel counts of them. Where it can't be asked, the rows stay as they are. */
export async function withCounters(rows: readonly SocketRow[], platform: NodeJS.Platform): Promise<SocketRow[]> {
  const isLive = rows.some(({ transport, remote }) => transport === 'tcp' && remote !== null);
  if (platform !== 'linux' || !isLive) return [...rows];
  const counters = await readCounters();
  return rows.map((row) => {
    const found =
      row.remote && row.transport === 'tcp' ? counters.get(connectionKey(row.local, row.remote)) : undefined;
    return found ? { ...row, counters: found } : row;
  });
}

/** A machine without ss, or with one that is too old, has no counters. */
async function readCounters(): Promise<CountersByConnection> {
  try {
    const { stdout } = await run('ss', ['-tinHO'], { timeout: SS_TIMEOUT_MS, maxBuffer: MAX_SS_BYTES });
    return parseSs(stdout);
  } catch {
    return new Map();
  }
}

/** Reads `ss -tinHO`: a connection a line, its counters behind the addresses. Lines that do not fit are left out. */
export function parseSs(text: string): Map<string, TcpCounters> {
  const found = new Map<string, TcpCounters>();
  for (const line of text.split('\n')) {
    const [, , , local, remote, algorithm, ...words] = line.trim().split(/\s+/);
    const ends = local && remote ? { local: parseEndpoint(local), remote: parseEndpoint(remote) } : null;
    if (!ends?.local || !ends.remote || algorithm === undefined) continue;
    found.set(connectionKey(ends.local, ends.remote), countersOf(algorithm, words));
  }
  return found;
}

/** `127.0.0.1:7007`, `[::1]:7007`, `[::ffff:127.0.0.1]:7007`; a zone behind `%` is left out. */
function parseEndpoint(text: string): Endpoint | null {
  const [, bracketed, bare, port] = /^(?:\[([^\]%]+)(?:%[^\]]*)?\]|([^:%]+)(?:%[^:]*)?):(\d+)$/.exec(text) ?? [];
  const address = bracketed ?? bare;
  return address && port ? { address: plainAddress(address), port: Number(port) } : null;
}

function countersOf(algorithm: string, words: readonly string[]): TcpCounters {
  const value = (name: string): string | null => {
    const word = words.find((each) => each.startsWith(`${name}:`));
    return word ? word.slice(name.length + 1) : null;
  };
  const number = (text: string | null | undefined): number | null => {
    const read = text === null || text === undefined ? Number.NaN : Number(text);
    return Number.isFinite(read) ? read : null;
  };
  const [rtt, variation] = value('rtt')?.split('/') ?? [];
  return {
    congestion: algorithm,
    rttMs: number(rtt),
    rttVariationMs: number(variation),
    rtoMs: number(value('rto')),
    mss: number(value('mss')),
    congestionWindow: number(value('cwnd')),
    slowStartThreshold: number(value('ssthresh')),
    bytesAcked: number(value('bytes_acked')),
    bytesReceived: number(value('bytes_received')),
    // `retrans:0/2`: on their way now, and in all.
    retransmitted: number(value('retrans')?.split('/')[1]) ?? 0,
  };
}
