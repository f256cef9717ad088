/** One demo on real sockets, through the tap that the playground uses, with its connections within a test's reach. */
import { Journal } from '../../wire/journal.ts';
import { type Listening, serveTcp } from '../../wire/serve-tcp.ts';
import { serveUdp } from '../../wire/serve-udp.ts';
import type { Demo, DemoConnection, DemoContext, RunningDemo } from '../demo.ts';
import { testCertificate } from './certificate.ts';

/** Where a demo is served, and what it serves. */
export interface ServedDemo {
  /** Ports on 127.0.0.1; 0 for a transport that the demo does not speak. */
  readonly tcpPort: number;
  readonly udpPort: number;
  /** Every connection so far, in the order of accepting. */
  readonly connections: readonly DemoConnection[];
  /** Every event that the journal has seen: `half-closed to-server`, `reset to-client stopped-reading` … */
  events(): string[];
  /** All octets that the journal has, in order. */
  octets(): Buffer;
  /** The same, read by read and write by write. */
  data(): { readonly toServer: boolean; readonly bytes: Uint8Array }[];
  close(): Promise<void>;
}

const HOST = '127.0.0.1';

/** Starts one demo on ephemeral ports. `more` is handed to it besides clock and certificate. */
export async function serveDemo(
  demo: Demo,
  now: () => Date = () => new Date(),
  more: Pick<DemoContext, 'keyLog'> = {},
): Promise<ServedDemo> {
  const journal = new Journal();
  const running = demo.start({ now, certificate: testCertificate, ...more });
  const connections: DemoConnection[] = [];
  const tcp = demo.transports.includes('tcp') ? await openTcp(demo, running, journal, connections) : null;
  const udp = demo.transports.includes('udp') ? await openUdp(demo, running, journal) : null;
  return {
    tcpPort: tcp?.endpoint.port ?? 0,
    udpPort: udp?.endpoint.port ?? 0,
    connections,
    events: () => eventsOf(journal),
    octets: () => Buffer.concat(dataOf(journal).map(({ bytes }) => bytes)),
    data: () => dataOf(journal),
    close: async () => {
      running.close?.();
      await Promise.all([tcp?.close(), udp?.close()]);
    },
  };
}

function openTcp(
  demo: Demo,
  running: RunningDemo,
  journal: Journal,
  connections: DemoConnection[],
): Promise<Listening> {
  const connection = (tap: DemoConnection): void => {
    connections.push(tap);
    running.connection?.(tap);
  };
  return serveTcp({ journal, demo: demo.id, host: HOST, port: 0, connection });
}

function openUdp(demo: Demo, running: RunningDemo, journal: Journal): Promise<Listening> {
  const datagram: RunningDemo['datagram'] = (received) => running.datagram?.(received);
  return serveUdp({ journal, demo: demo.id, host: HOST, port: 0, isOwnPort: () => false, datagram });
}

function eventsOf(journal: Journal): string[] {
  const events: string[] = [];
  for (let seq = journal.oldest; seq <= journal.head; seq += 1) {
    const event = journal.read(seq);
    if (event) events.push([event.kind, event.direction, event.code].filter((part) => part !== null).join(' '));
  }
  return events;
}

function dataOf(journal: Journal): { toServer: boolean; bytes: Uint8Array }[] {
  const pieces: { toServer: boolean; bytes: Uint8Array }[] = [];
  for (let seq = journal.oldest; seq <= journal.head; seq += 1) {
    const event = journal.read(seq);
    if (event?.kind === 'data')
      pieces.push({ toServer: event.direction === 'to-server', bytes: journal.payload(seq) ?? new Uint8Array(0) });
  }
  return pieces;
}
