/** One demo on real sockets, through the tap that the playground uses, with its connections within a test's reach. */
import { Journal } from '../../wire/journal.ts';
import { type Listening, serveTcp } from '../../wire/serve-tcp.ts';
import { serveUdp } from '../../wire/serve-udp.ts';
import type { Demo, DemoConnection, RunningDemo } from '../demo.ts';
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
  close(): Promise<void>;
}

const HOST = '127.0.0.1';

/** Starts one demo on ephemeral ports. */
export async function serveDemo(demo: Demo, now: () => Date = () => new Date()): Promise<ServedDemo> {
  const journal = new Journal();
  const running = demo.start({ now, certificate: testCertificate });
  const connections: DemoConnection[] = [];
  const tcp = demo.transports.includes('tcp') ? await openTcp(demo, running, journal, connections) : null;
  const udp = demo.transports.includes('udp') ? await openUdp(demo, running, journal) : null;
  return {
    tcpPort: tcp?.endpoint.port ?? 0,
    udpPort: udp?.endpoint.port ?? 0,
    connections,
    events: () => eventsOf(journal),
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
