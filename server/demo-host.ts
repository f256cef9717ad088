import type { DemoAddress } from '#protocol/demos.ts';
import type { Demo, DemoContext, DemoWebSocketService, RunningDemo } from './demos/demo.ts';
import { listenTogether, type Opener, type PortWish } from './ports.ts';
import type { Journal } from './wire/journal.ts';
import { type Listening, serveTcp } from './wire/serve-tcp.ts';
import { serveUdp } from './wire/serve-udp.ts';

/** A demo that listens. */
export interface HostedDemo {
  readonly id: string;
  readonly port: number;
  /** The wished port was taken, so another one is used. */
  readonly moved: boolean;
  readonly addresses: readonly DemoAddress[];
  readonly speaksUdp: boolean;
  /** WebSockets that it wants the page's server to take, by path. */
  readonly webSockets: Readonly<Record<string, DemoWebSocketService>>;
  /** Receive buffer granted to its UDP socket, in octets; `null` without UDP. */
  readonly udpReceiveBufferBytes: number | null;
  close(): Promise<void>;
}

/** What a demo is hosted with. */
export interface HostOptions {
  readonly journal: Journal;
  readonly hosts: readonly string[];
  readonly wish: PortWish;
  /** What the demo itself is handed. */
  readonly context: DemoContext;
  /** Whether a UDP port of this machine belongs to one of our demos. */
  readonly isOwnUdpPort: (port: number) => boolean;
}

/** Starts a demo and listens for it on every host and transport, all on one port number. */
export async function hostDemo(demo: Demo, options: HostOptions): Promise<HostedDemo> {
  const running = demo.start(options.context);
  const openers = options.hosts.flatMap((host) => openersOf(demo, running, host, options));
  const { port, opened, moved } = await listenTogether(openers, options.wish);
  return {
    id: demo.id,
    port,
    moved,
    addresses: opened.map(({ transport, listening }) => address(demo.id, transport, listening)),
    webSockets: running.webSockets ?? {},
    speaksUdp: demo.transports.includes('udp'),
    udpReceiveBufferBytes: opened.find(({ granted }) => granted !== undefined)?.granted ?? null,
    close: async () => {
      running.close?.();
      await Promise.all(opened.map(({ listening }) => listening.close()));
    },
  };
}

/** A listening socket, and what is known of it. */
interface Opened {
  readonly transport: 'tcp' | 'udp';
  readonly listening: Listening;
  readonly granted?: number;
}

function openersOf(demo: Demo, running: RunningDemo, host: string, options: HostOptions): Opener<Opened>[] {
  return demo.transports.map((transport) => async (port) => {
    const opened =
      transport === 'tcp' ? openTcp(demo, running, host, port, options) : openUdp(demo, running, host, port, options);
    const result = await opened;
    return { port: result.listening.endpoint.port, value: result, close: () => result.listening.close() };
  });
}

async function openTcp(
  demo: Demo,
  running: RunningDemo,
  host: string,
  port: number,
  { journal }: HostOptions,
): Promise<Opened> {
  const connection = (tap: Parameters<NonNullable<RunningDemo['connection']>>[0]): void => running.connection?.(tap);
  return { transport: 'tcp', listening: await serveTcp({ journal, demo: demo.id, host, port, connection }) };
}

async function openUdp(
  demo: Demo,
  running: RunningDemo,
  host: string,
  port: number,
  { journal, isOwnUdpPort: isOwnPort }: HostOptions,
): Promise<Opened> {
  const datagram = (received: Parameters<NonNullable<RunningDemo['datagram']>>[0]): void =>
    running.datagram?.(received);
  const listening = await serveUdp({ journal, demo: demo.id, host, port, isOwnPort, datagram });
  return { transport: 'udp', listening, granted: listening.receiveBufferBytes };
}

function address(id: string, transport: 'tcp' | 'udp', listening: Listening): DemoAddress {
  return { id, transport, host: listening.endpoint.address, port: listening.endpoint.port };
}
