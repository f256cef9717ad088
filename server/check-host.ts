import { randomInt } from 'node:crypto';
import { lookup } from 'node:dns/promises';
import type { Listener } from '#protocol/check.ts';
import type { SocketRow } from '#protocol/wire.ts';
import { Checks } from './check/checks.ts';
import { systemClock } from './check/clock.ts';
import type { Verdict } from './reach.ts';

/** Listeners that are told at the most; a machine may have thousands. */
const MAX_LISTENERS = 200;

/** What checks need of the playground. */
export interface CheckHostOptions {
  readonly mayReach: (address: string, port: number) => Verdict;
  readonly isPagePort: (port: number) => boolean;
  /** Our own ports. */
  readonly ports: ReadonlySet<number>;
  /** Reads the system's socket table; `null` where it can't be read. */
  readonly readTable: (() => Promise<SocketRow[]>) | null;
}

/** The checks of a playground, and what listens on this machine besides it. */
export function hostChecks({ mayReach, isPagePort, ports, readTable }: CheckHostOptions) {
  const checks = new Checks({
    clock: systemClock,
    randomSeed: () => randomInt(2 ** 32),
    lookup: async (name) => (await lookup(name, { all: true, verbatim: true })).map(({ address }) => address),
    mayReach,
    isPagePort,
  });
  return {
    desk: {
      catalogue: () => checks.catalogue(),
      start: (request: Parameters<Checks['start']>[0]) => checks.start(request),
      find: (id: number) => checks.find(id),
      remove: (id: number) => checks.remove(id),
      listeners: async () => {
        if (!readTable) return null;
        return listenersOf(await readTable().catch(() => []), ports);
      },
    },
    close: () => checks.close(),
  };
}

/** Who listens on loopback or on every address, by port, once each, without `ours`; at most MAX_LISTENERS. */
export function listenersOf(rows: readonly SocketRow[], ours: ReadonlySet<number>): Listener[] {
  const found = new Map<string, Listener>();
  for (const { transport, local, remote, state } of rows) {
    const listens = transport === 'tcp' ? state === 'LISTEN' : remote === null;
    const key = `${transport} ${local.port}`;
    if (!listens || !isReachable(local.address) || ours.has(local.port) || found.has(key)) continue;
    found.set(key, { transport, address: local.address, port: local.port });
  }
  return [...found.values()].sort((a, b) => a.port - b.port).slice(0, MAX_LISTENERS);
}

/** On loopback, or on the wildcard address, as each system writes it. */
function isReachable(address: string): boolean {
  return address.startsWith('127.') || ['::1', '0.0.0.0', '::', '*'].includes(address);
}
