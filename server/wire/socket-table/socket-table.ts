/** The operating system's socket table, for the ports that are ours. */
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { MAX_SOCKET_ROWS } from '#protocol/limits.ts';
import type { SocketRow } from '#protocol/wire.ts';
import { parseProcNet } from './linux.ts';
import { parseMacosNetstat, parseWindowsNetstat } from './netstat.ts';

/** Time between two looks while somebody watches, in milliseconds. */
export const SOCKET_POLL_MS = 1_000;

/** Longest that `netstat` may take, in milliseconds. */
const NETSTAT_TIMEOUT_MS = 5_000;

/** Most that `netstat` may print, in octets. */
const MAX_NETSTAT_BYTES = 16 * 1024 * 1024;

const run = promisify(execFile);

/** Reads the whole table once. Rejects where this system's table can't be read. */
export type ReadSocketTable = () => Promise<SocketRow[]>;

/** The reader for a platform, or `null` where none is known. */
export function socketTableReader(platform: NodeJS.Platform): ReadSocketTable | null {
  if (platform === 'linux') return readProcNet;
  if (platform === 'darwin') return () => netstat(['-an'], parseMacosNetstat);
  if (platform === 'win32') return () => netstat(['-ano'], parseWindowsNetstat);
  return null;
}

/** Rows with one of `ports` at either end, at most MAX_SOCKET_ROWS, listeners first. */
export function rowsOf(rows: readonly SocketRow[], ports: ReadonlySet<number>): SocketRow[] {
  const ours = rows.filter((row) => ports.has(row.local.port) || (row.remote !== null && ports.has(row.remote.port)));
  return ours.sort((a, b) => Number(a.remote !== null) - Number(b.remote !== null)).slice(0, MAX_SOCKET_ROWS);
}

async function readProcNet(): Promise<SocketRow[]> {
  const tables = [
    ['tcp', 'tcp'],
    ['tcp6', 'tcp'],
    ['udp', 'udp'],
    ['udp6', 'udp'],
  ] as const;
  const rows = await Promise.all(
    tables.map(async ([file, transport]) => parseProcNet(await readOptional(`/proc/net/${file}`), transport)),
  );
  return rows.flat();
}

/** A kernel without IPv6 has no tcp6 and udp6. */
async function readOptional(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (path.endsWith('6')) return '';
    throw error;
  }
}

async function netstat(options: string[], parse: (text: string) => SocketRow[]): Promise<SocketRow[]> {
  const { stdout } = await run('netstat', options, {
    timeout: NETSTAT_TIMEOUT_MS,
    maxBuffer: MAX_NETSTAT_BYTES,
    windowsHide: true,
  });
  return parse(stdout);
}
