import type { Conversation, Endpoint, SocketRow, Transport } from '#protocol/wire.ts';
import { PAGE_DEMO } from '../conversation-list.ts';

/** Rows shown at the most; the rest are counted. */
export const MAX_SHOWN_ROWS = 1_000;

const text = ({ address, port }: Endpoint): string => `${address.toLowerCase()} ${port}`;

/** Names one row across polls. */
export function rowKey({ transport, local, remote }: SocketRow): string {
  return `${transport} ${text(local)} ${remote ? text(remote) : '*'}`;
}

/** Which sentence explains the state of a row. Linux calls a UDP socket ESTABLISHED whose program has called connect(). */
export function meaningOf({ transport, state }: Pick<SocketRow, 'transport' | 'state'>): string {
  return transport === 'udp' && state === 'ESTABLISHED' ? 'udpConnected' : state;
}

/** Which of a conversation's two ends a row is. */
export interface RowMatch {
  readonly conversation: number;
  readonly end: 'client' | 'server';
}

const endKey = (transport: Transport, local: Endpoint, remote: Endpoint): string =>
  `${transport} ${text(local)} ${text(remote)}`;

/** Conversations by their two endpoints, so that rows find theirs; of several the newest (ports are used again). */
export function matchesByEndpoints(conversations: Iterable<Conversation>): ReadonlyMap<string, RowMatch> {
  const matches = new Map<string, RowMatch>();
  for (const { id, transport, client, server } of conversations) {
    const known = matches.get(endKey(transport, client, server));
    if (known && known.conversation > id) continue;
    matches.set(endKey(transport, client, server), { conversation: id, end: 'client' });
    matches.set(endKey(transport, server, client), { conversation: id, end: 'server' });
  }
  return matches;
}

/** The conversation that a row belongs to, or `null` (listeners, sockets of others). */
export function matchOf(row: SocketRow, matches: ReadonlyMap<string, RowMatch>): RowMatch | null {
  return row.remote ? (matches.get(endKey(row.transport, row.local, row.remote)) ?? null) : null;
}

/** The kernel's rows of both ends of one conversation. */
export function rowsOfConversation(
  rows: readonly SocketRow[],
  { transport, client, server }: Pick<Conversation, 'transport' | 'client' | 'server'>,
): { readonly client: SocketRow | null; readonly server: SocketRow | null } {
  const wanted = { client: endKey(transport, client, server), server: endKey(transport, server, client) };
  const found: { client: SocketRow | null; server: SocketRow | null } = { client: null, server: null };
  for (const row of rows) {
    if (!row.remote) continue;
    const key = endKey(row.transport, row.local, row.remote);
    if (key === wanted.client) found.client = row;
    else if (key === wanted.server) found.server = row;
  }
  return found;
}

const sameQueues = (a: SocketRow, b: SocketRow): boolean =>
  a.receiveQueue === b.receiveQueue && a.sendQueue === b.sendQueue;

/** Keys of rows that are new or differ from the poll before. Nothing has changed where there was no poll before. */
export function changedRows(before: readonly SocketRow[] | null, now: readonly SocketRow[]): ReadonlySet<string> {
  const changed = new Set<string>();
  if (!before) return changed;
  const old = new Map(before.map((row) => [rowKey(row), row]));
  for (const row of now) {
    const known = old.get(rowKey(row));
    if (!known || known.state !== row.state || !sameQueues(known, row)) changed.add(rowKey(row));
  }
  return changed;
}

/** Ports of Porthole's own web server, as far as its conversations tell. */
export function pagePorts(conversations: Iterable<Conversation>): ReadonlySet<number> {
  const ports = new Set<number>();
  for (const { demo, server } of conversations) if (demo === PAGE_DEMO) ports.add(server.port);
  return ports;
}

/** Rows without those that have one of `ports` at either end. */
export function withoutPorts(rows: readonly SocketRow[], ports: ReadonlySet<number>): readonly SocketRow[] {
  return rows.filter(({ local, remote }) => !ports.has(local.port) && !(remote && ports.has(remote.port)));
}

/** Connections first, the newest on top and their two ends together; then what listens, by port. */
export function orderRows(
  rows: readonly SocketRow[],
  matches: ReadonlyMap<string, RowMatch>,
  listening: ReadonlySet<number>,
): SocketRow[] {
  const rank = (row: SocketRow): readonly number[] => {
    const match = matchOf(row, matches);
    const ours = listening.has(row.local.port) || !row.remote ? row.local.port : row.remote.port;
    return [row.remote ? 0 : 1, -(match?.conversation ?? 0), ours, match?.end === 'client' ? 0 : 1];
  };
  const ranked = rows.map((row) => ({ row, rank: rank(row), key: rowKey(row) }));
  ranked.sort((a, b) => compare(a.rank, b.rank) || (a.key < b.key ? -1 : 1));
  return ranked.map(({ row }) => row);
}

function compare(a: readonly number[], b: readonly number[]): number {
  for (let i = 0; i < a.length; i += 1) {
    const difference = (a[i] ?? 0) - (b[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
