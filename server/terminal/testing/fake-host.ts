import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { DemoAddress } from '#protocol/demos.ts';
import type { SocketRow } from '#protocol/wire.ts';
import type { FailedAttempt, TerminalCapture, TerminalClient, TerminalHost } from '../host.ts';
import { isLoopback } from '../net/address.ts';

/** A host for tests: loopback may be reached, sockets are not tapped, and what the journal would get is kept. */
export interface FakeHost extends TerminalHost {
  readonly failures: FailedAttempt[];
  readonly clients: TerminalClient[];
  /** Sockets that were handed to the tap, with who observes. */
  readonly observed: { readonly socket: Socket; readonly observer: 'server' | 'client'; readonly terminal: number }[];
  readonly own: Set<number>;
  readonly demoList: DemoAddress[];
  readonly rows: SocketRow[];
}

/** A capture that nobody started. */
const NO_CAPTURE: TerminalCapture = {
  ...{ head: 0, oldest: 1, frame: () => null },
  status: {
    ...{ state: 'off', tool: null, interface: 'lo', filter: '', captured: 0, dropped: null, refusal: null },
    ...{ detail: null, remedy: [], also: [], interfaces: [] },
  },
  watch: () => ({ setPorts: () => {}, setInterface: () => false, leave: () => {} }),
};

/** A fresh fake host. `tap` stands in for the journal's Duplex; by default the socket itself is used. */
export function createFakeHost(tap: (socket: Socket) => Duplex = (socket) => socket): FakeHost {
  const failures: FailedAttempt[] = [];
  const clients: TerminalClient[] = [];
  const observed: FakeHost['observed'] = [];
  const own = new Set<number>();
  const demoList: DemoAddress[] = [];
  const rows: SocketRow[] = [];
  return {
    ...{ failures, clients, observed, own, demoList, rows },
    demos: () => demoList,
    ownPorts: () => own,
    mayReach: (host) =>
      isLoopback(host) ? { allowed: true } : { allowed: false, reason: 'only this machine may be reached.' },
    wire: {
      failed: (attempt) => failures.push(attempt),
      client: (client) => clients.push(client),
      observe(socket, as) {
        observed.push({ socket, ...as });
        return tap(socket);
      },
    },
    sockets: () => Promise.resolve(rows),
    capture: NO_CAPTURE,
    now: () => new Date('2024-01-02T03:04:05Z'),
    version: '0.0.0-test',
  };
}
