/** What the kernel counts of TCP sockets, as ss(8) prints it: Linux only. */
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

/** What `ss` says beyond the table: counters of connections, and how many may wait at each listener, by its address. */
export interface SsFigures {
  readonly counters: CountersByConnection;
  readonly backlogs: ReadonlyMap<string, number>;
}

/** The rows with what the kernel counts of them. Where it can't be asked, the rows stay as they are. */
export async function withCounters(rows: readonly SocketRow[], platform: NodeJS.Platform): Promise<SocketRow[]> {
  if (platform !== 'linux' || !rows.some(({ transport }) => transport === 'tcp')) return [...rows];
  const figures = await readFigures();
  return rows.map((row) => withFigures(row, figures));
}

function withFigures(row: SocketRow, { counters, backlogs }: SsFigures): SocketRow {
  if (row.transport !== 'tcp') return row;
  if (row.state === 'LISTEN') return { ...row, sendQueue: backlogs.get(formatEndpoint(row.local)) ?? row.sendQueue };
  const found = row.remote && counters.get(connectionKey(row.local, row.remote));
  return found ? { ...row, counters: found } : row;
}

/** A machine without ss, or with one that is too old, has no figures. */
async function readFigures(): Promise<SsFigures> {
  try {
    const { stdout } = await run('ss', ['-tainHO'], { timeout: SS_TIMEOUT_MS, maxBuffer: MAX_SS_BYTES });
    return parseSs(stdout);
  } catch {
    return { counters: new Map(), backlogs: new Map() };
  }
}

/** Reads `ss -tainHO`: a socket a line, counters behind the addresses. Lines that do not fit are left out. */
export function parseSs(text: string): SsFigures {
  const counters = new Map<string, TcpCounters>();
  const backlogs = new Map<string, number>();
  for (const line of text.split('\n')) {
    const [state, , sendQueue, localText = '', remoteText = '', ...words] = line.trim().split(/\s+/);
    const local = parseEndpoint(localText);
    const remote = parseEndpoint(remoteText);
    if (local && state === 'LISTEN') backlogs.set(formatEndpoint(local), Number(sendQueue));
    // What rests in TIME-WAIT is not counted.
    else if (local && remote && words.length > 0) counters.set(connectionKey(local, remote), countersOf(words));
  }
  return { counters, backlogs };
}

/** `127.0.0.1:7007`, `[::1]:7007`, `[::ffff:127.0.0.1]:7007`, `*:7007` (any, of both families); a zone is left out. */
function parseEndpoint(text: string): Endpoint | null {
  const [, bracketed, bare, port] = /^(?:\[([^\]%]+)(?:%[^\]]*)?\]|([^:%]+)(?:%[^:]*)?):(\d+)$/.exec(text) ?? [];
  const address = bracketed ?? bare;
  return address && port ? { address: address === '*' ? '::' : plainAddress(address), port: Number(port) } : null;
}

/** Options of TCP come first (`ts sack ecn`), then the congestion control, then what has a name and a value. */
function congestionOf(words: readonly string[]): string {
  const values = words.findIndex((word) => word.includes(':'));
  return words.slice(0, values < 0 ? words.length : values).at(-1) ?? '';
}

function countersOf(words: readonly string[]): TcpCounters {
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
    congestion: congestionOf(words),
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
