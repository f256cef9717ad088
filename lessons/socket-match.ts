import { formatEndpoint } from '#protocol/address.ts';
import type { SocketRow } from '#protocol/wire.ts';
import type { Facts } from './match.ts';
import type { SocketExpected, SocketsCheck, TableSighting } from './packet-checks.ts';

/** Names of what can be said of rows of the socket table. */
export const SOCKET_FACT_NAMES: readonly string[] = ['waiting', 'row'];

/** Answers what can be said of a reading that fits; `null` of one that does not. */
export type TableJudge = (table: TableSighting) => Facts | null;

/**
 * A judge of readings from now on.
 * @param before the latest reading so far, where there was one: its connections are not meant; else those of the first are not
 */
export function tableJudge(check: SocketsCheck, before: TableSighting | null): TableJudge {
  let known = before && keysOf(before.rows);
  return (table) => {
    known ??= keysOf(table.rows);
    const old = known;
    const isNew = (row: SocketRow): boolean => row.remote === null || !old.has(keyOf(row));
    const port = check.port ?? (check.demo === undefined ? null : table.portOf(check.demo));
    const find = (expected: SocketExpected): SocketRow | undefined =>
      table.rows.find((row) => isNew(row) && isExpected(expected, row, port));
    const found = check.rows.map(find);
    if (found.some((row) => row === undefined) || check.none?.some(find)) return null;
    return factsOf(found.flatMap((row) => row ?? []));
  };
}

function isExpected({ at, state, minWaiting }: SocketExpected, row: SocketRow, port: number | null): boolean {
  if (row.transport !== 'tcp' || row.state !== state) return false;
  const own = at === 'server' ? row.local.port : row.remote?.port;
  if (port === null || own !== port) return false;
  return minWaiting === undefined || row.receiveQueue === null || row.receiveQueue >= minWaiting;
}

function keysOf(rows: readonly SocketRow[]): ReadonlySet<string> {
  return new Set(rows.filter(({ remote }) => remote !== null).map(keyOf));
}

function keyOf({ local, remote }: SocketRow): string {
  return `${formatEndpoint(local)} ${remote ? formatEndpoint(remote) : ''}`;
}

function factsOf(rows: readonly SocketRow[]): Facts {
  const listener = rows.find(({ remote }) => remote === null);
  const connection = rows.find(({ remote }) => remote !== null);
  return {
    ...(listener?.receiveQueue != null && { waiting: String(listener.receiveQueue) }),
    ...(connection?.remote && { row: `${formatEndpoint(connection.local)} → ${formatEndpoint(connection.remote)}` }),
  };
}
