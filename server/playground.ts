import { randomBytes } from 'node:crypto';
import { connect as connectTcp } from 'node:net';
import { networkInterfaces } from 'node:os';
import type { DemoAddress } from '#protocol/demos.ts';
import type { Relay } from '#protocol/relay.ts';
import { certificateKeeper } from './certificate.ts';
import { Chat } from './chat/chat.ts';
import { systemScheduler } from './chat/scheduler.ts';
import { hostChecks } from './check-host.ts';
import type { Config } from './config.ts';
import type { HostedDemo } from './demo-host.ts';
import { createChatJson } from './demos/chat-json/chat-json.ts';
import { createChatLines } from './demos/chat-lines/chat-lines.ts';
import { daytime } from './demos/daytime/daytime.ts';
import type { Demo, DemoCertificate, DemoContext } from './demos/demo.ts';
import { discard } from './demos/discard/discard.ts';
import { echo } from './demos/echo/echo.ts';
import { createHostedIm } from './demos/hosted-im/hosted-im.ts';
import { http } from './demos/http/http.ts';
import { tls } from './demos/tls/tls.ts';
import { createXmppUpstream } from './demos/xmpp/upstream.ts';
import { createXmpp } from './demos/xmpp/xmpp.ts';
import { createGateway, type Gateway } from './gateway/gateway.ts';
import { ProgressFile } from './gateway/progress-file.ts';
import { hostDemos } from './hosted-demos.ts';
import { openKeyLog } from './key-log.ts';
import { captureDevices, describeMachine, findProgram, loopbackHosts } from './machine.ts';
import { type HostedPage, hostPage } from './page-host.ts';
import { reachOf } from './reach.ts';
import { hostRelays } from './relay-host.ts';
import { createTerminalSessions, type TerminalSessions } from './terminal/sessions.ts';
import { terminalWire } from './terminal-wire.ts';
import { Capture } from './wire/capture/capture.ts';
import { Journal } from './wire/journal.ts';
import { rowsOf, SOCKET_POLL_MS, socketTableReader } from './wire/socket-table/socket-table.ts';
import { withCounters } from './wire/socket-table/tcp-counters.ts';

/** Every demo of the playground. To add one, see CONTRIBUTING.md. The chats share their users and rooms. */
function allDemos(chat: Chat, config: Config, version: string, pageUrl: () => string | null): readonly Demo[] {
  const scheduler = systemScheduler;
  const { demo: chatJson } = createChatJson({ chat, scheduler, pageUrl });
  const hostedIm = createHostedIm({ chat, scheduler });
  const xmpp = config.xmppUpstream
    ? createXmppUpstream(config.xmppUpstream)
    : createXmpp({ chat, version, testMode: config.xmppTest, pageUrl });
  return [echo, discard, daytime, createChatLines(chat), chatJson, hostedIm, xmpp, http, tls];
}

/** What only the caller knows. */
export interface PlaygroundOptions {
  readonly version: string;
  readonly dataFolder: string;
  /** Folder of the built page; `null` when another server serves it. */
  readonly pageFolder: string | null;
  /** Told, in sentences, what the user should know. */
  readonly warn: (sentence: string) => void;
  /** Time between two looks at the socket table while somebody watches. Default SOCKET_POLL_MS. */
  readonly socketPollMs?: number;
}

/** A running playground. */
export interface Playground {
  /** Address of the page; `null` when another server serves it. */
  readonly url: string | null;
  readonly demos: readonly DemoAddress[];
  /** The port that each demo asks for when nothing else is said, by its id. */
  readonly usualPorts: ReadonlyMap<string, number>;
  /** The relays that run now. */
  relays(): readonly Relay[];
  /** The certificate of the demos that speak TLS; made at the first call. */
  certificate(): Promise<DemoCertificate>;
  readonly gateway: Gateway;
  /** Closes every connection and listener. Closing twice is harmless. */
  close(): Promise<void>;
}

/** What ends the parts that were started, oldest first. */
type Closers = (() => Promise<void> | void)[];

/** Has the page, once it listens. */
interface PagePlace {
  page: HostedPage | null;
}

/** Starts demos, journal, relays, terminals and gateway. Rejects, with everything closed again, when a port can't be had. */
export async function startPlayground(config: Config, options: PlaygroundOptions): Promise<Playground> {
  const closers: Closers = [];
  try {
    return await start(config, options, closers);
  } catch (error) {
    await closeAll(closers);
    throw error;
  }
}

/** Each part that is started puts what ends it at the end of `closers`. */
async function start(config: Config, options: PlaygroundOptions, closers: Closers): Promise<Playground> {
  const journal = new Journal();
  const hosts = config.host ? [config.host] : await loopbackHosts();
  const chat = new Chat({ scheduler: systemScheduler, now: () => new Date(), random: randomBytes });
  closers.push(() => chat.closeAll());
  const context = await contextOf(config, options, closers);
  const place: PagePlace = { page: null };
  const every = allDemos(chat, config, options.version, () => place.page?.url ?? null);
  const hosted = await hostDemos(every, { config, hosts, journal, context }, options.warn);
  closers.push(...hosted.map((demo) => () => demo.close()));
  const ports = new Set(hosted.map((demo) => demo.port));
  const demos = hosted.flatMap((demo) => demo.addresses);
  const reach = {
    mayReach: reachOf(config.allow, () => demos),
    isPagePort: (port: number) => port === place.page?.port,
  };
  const sides = startSides(config, { journal, hosts, ports, ...reach }, closers);
  const { certificate } = context;
  const parts = { journal, hosts, hosted, ports, ...sides, ...reach, certificate, chat };
  const { gateway, terminals } = await connect(options, parts);
  closers.push(
    () => place.page?.close(),
    () => gateway.close(),
    () => terminals.close(),
  );
  place.page = await openPage(config, options, { journal, hosts, gateway });
  if (place.page) ports.add(place.page.port);
  for (const request of config.relays) await sides.relays.add(request);
  let closing: Promise<void> | null = null;
  return {
    url: place.page?.url ?? null,
    demos,
    usualPorts: new Map(every.map(({ id, port }) => [id, port])),
    relays: () => sides.relays.list(),
    certificate,
    gateway,
    close: () => (closing ??= closeAll(closers)),
  };
}

/** What demos are handed: time, the one certificate, and where secrets of TLS are written when that is asked for. */
async function contextOf(
  config: Config,
  { dataFolder, warn }: PlaygroundOptions,
  closers: Closers,
): Promise<DemoContext> {
  const now = () => new Date();
  const certificate = certificateKeeper({ folder: dataFolder, hosts: config.host ? [config.host] : [], now, warn });
  const keyLog = config.keyLogFile === null ? null : await openKeyLog(config.keyLogFile, warn);
  closers.push(() => keyLog?.close());
  return { now, certificate, keyLog: keyLog?.write };
}

/** What works beside the demos: relays, checks of learners' programs, and the capture. */
function startSides(config: Config, parts: SideParts, closers: Closers) {
  const { journal, ports, isPagePort, mayReach } = parts;
  const relays = hostRelays(parts);
  closers.push(() => relays.close());
  const checks = hostChecks({ mayReach, isPagePort, ports, readTable: socketTableReader(process.platform) });
  closers.push(() => checks.close());
  const capture = new Capture({
    ...captureDevices(config.host, process.platform),
    interfaces: () => Object.keys(networkInterfaces()),
    platform: process.platform,
    ports: () => ports,
    isPagePort,
    find: findProgram,
    fromWallUs: (wallUs) => journal.clock.fromWallUs(wallUs),
  });
  closers.push(() => capture.close());
  return { relays, checks, capture };
}

/** What they are made from. */
interface SideParts {
  readonly journal: Journal;
  readonly hosts: readonly string[];
  /** Ports of the demos, of the relays and, once it listens, of the page. */
  readonly ports: Set<number>;
  readonly mayReach: ReturnType<typeof reachOf>;
  readonly isPagePort: (port: number) => boolean;
}

/** Ends what was started, newest first: terminals and the gateway before what they speak to and are reached by. */
async function closeAll(closers: Closers): Promise<void> {
  for (const close of closers.splice(0).reverse()) await close();
}

/** The parts that the gateway and the terminals are made from. */
interface Parts extends Omit<SideParts, 'isPagePort'>, ReturnType<typeof startSides> {
  readonly hosted: readonly HostedDemo[];
  readonly certificate: () => Promise<DemoCertificate>;
  readonly chat: Chat;
}

async function connect(options: PlaygroundOptions, parts: Parts) {
  const readTable = socketTableReader(process.platform);
  const terminals = openTerminals(options, parts, readTable);
  const gateway = await openGateway(options, parts, readTable, terminals);
  return { gateway, terminals };
}

type ReadTable = ReturnType<typeof socketTableReader>;

function openTerminals({ version }: PlaygroundOptions, parts: Parts, readTable: ReadTable): TerminalSessions {
  const { journal, hosted, ports, capture, mayReach } = parts;
  const demos = hosted.flatMap((demo) => demo.addresses);
  return createTerminalSessions({
    demos: () => demos,
    ownPorts: () => ports,
    mayReach,
    wire: terminalWire(journal, demos),
    sockets: async () => {
      if (!readTable) throw new Error('the socket table of this system cannot be read here');
      return withCounters(await readTable(), process.platform);
    },
    capture,
    now: () => new Date(),
    version,
  });
}

function openGateway(
  options: PlaygroundOptions,
  { journal, hosts, hosted, ports, relays, checks, capture, certificate, chat }: Parts,
  readTable: ReadTable,
  terminals: TerminalSessions,
): Promise<Gateway> {
  const demos = hosted.flatMap((demo) => demo.addresses);
  return createGateway({
    pageFolder: options.pageFolder,
    hostNames: new Set(),
    journal,
    demos: () => demos,
    machine: async () =>
      describeMachine({
        version: options.version,
        hosted,
        socketTable: readTable !== null,
        ipv6: hosts.includes('::1'),
        certificateFingerprint: (await certificate()).fingerprint,
      }),
    progress: new ProgressFile(options.dataFolder, options.warn),
    relays,
    checks: checks.desk,
    terminals,
    openLineChat: () => {
      const lines = demos.find(({ id, transport }) => id === 'chat-lines' && transport === 'tcp');
      return lines ? connectTcp({ host: lines.host, port: lines.port }) : null;
    },
    files: chat.files,
    sockets:
      readTable &&
      (async (asked) => withCounters(rowsOf(await readTable(), new Set([...ports, ...asked])), process.platform)),
    socketPollMs: options.socketPollMs ?? SOCKET_POLL_MS,
    packets: capture,
    demoSockets: new Map(hosted.flatMap((demo) => Object.entries(demo.webSockets))),
  });
}

async function openPage(
  config: Config,
  { pageFolder, warn }: PlaygroundOptions,
  parts: { journal: Journal; hosts: readonly string[]; gateway: Gateway },
): Promise<HostedPage | null> {
  if (!pageFolder) return null;
  const page = await hostPage({ ...parts, wish: config.port, host: config.host });
  if (page.moved) warn(`Port ${config.port.port} is taken; the page is at ${page.url} instead.`);
  return page;
}
