import { randomBytes } from 'node:crypto';
import { connect as connectTcp } from 'node:net';
import { networkInterfaces } from 'node:os';
import type { DemoAddress } from '#protocol/demos.ts';
import type { Relay } from '#protocol/relay.ts';
import { certificateKeeper } from './certificate.ts';
import { Chat } from './chat/chat.ts';
import { systemScheduler } from './chat/scheduler.ts';
import { hostChecks } from './check-host.ts';
import { type Config, takenByName } from './config.ts';
import { type HostedDemo, hostDemo } from './demo-host.ts';
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
import { openKeyLog } from './key-log.ts';
import { captureDevices, describeMachine, findProgram, loopbackHosts } from './machine.ts';
import { type HostedPage, hostPage } from './page-host.ts';
import { reachOf } from './reach.ts';
import { hostRelays } from './relay-host.ts';
import { createTerminalSessions } from './terminal/sessions.ts';
import { terminalWire } from './terminal-wire.ts';
import { Capture } from './wire/capture/capture.ts';
import { Journal } from './wire/journal.ts';
import type { Relays } from './wire/relay/relays.ts';
import { rowsOf, SOCKET_POLL_MS, socketTableReader } from './wire/socket-table/socket-table.ts';
import { withCounters } from './wire/socket-table/tcp-counters.ts';

/** Every demo of the playground. To add one, see CONTRIBUTING.md. The chats share their users and rooms. */
function allDemos(chat: Chat, chatJson: Demo, xmpp: Demo): readonly Demo[] {
  const hostedIm = createHostedIm({ chat, scheduler: systemScheduler });
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

/** Starts demos, journal, relays, terminals and gateway. Rejects, with everything closed again, when a port can't be had. */
export async function startPlayground(config: Config, options: PlaygroundOptions): Promise<Playground> {
  const closers: (() => Promise<void> | void)[] = [];
  try {
    return await start(config, options, closers);
  } catch (error) {
    await closeAll(closers);
    throw error;
  }
}

/** Each part that is started puts what ends it at the end of `closers`. */
async function start(
  config: Config,
  options: PlaygroundOptions,
  closers: (() => Promise<void> | void)[],
): Promise<Playground> {
  const journal = new Journal();
  const hosts = config.host ? [config.host] : await loopbackHosts();
  const chat = new Chat({ scheduler: systemScheduler, now: () => new Date(), random: randomBytes });
  closers.push(() => chat.closeAll());
  const certificate = certificateKeeper({
    folder: options.dataFolder,
    hosts: config.host ? [config.host] : [],
    now: () => new Date(),
    warn: options.warn,
  });
  const keyLog = config.keyLogFile === null ? null : await openKeyLog(config.keyLogFile, options.warn);
  closers.push(() => keyLog?.close());
  const context = { now: () => new Date(), certificate, keyLog: keyLog?.write };
  let pageUrl: string | null = null;
  const { demo: chatJson } = createChatJson({ chat, scheduler: systemScheduler, pageUrl: () => pageUrl });
  const xmpp = config.xmppUpstream
    ? createXmppUpstream(config.xmppUpstream)
    : createXmpp({ chat, version: options.version, testMode: config.xmppTest, pageUrl: () => pageUrl });
  const every = allDemos(chat, chatJson, xmpp);
  const hosted = await hostDemos(every, { config, hosts, journal, context }, options);
  closers.push(...hosted.map((demo) => () => demo.close()));
  const ports = new Set(hosted.map((demo) => demo.port));
  const demos = hosted.flatMap((demo) => demo.addresses);
  const mayReach = reachOf(config.allow, () => demos);
  let pagePort: number | null = null;
  const relays = hostRelays({
    journal,
    hosts,
    mayReach,
    isPagePort: (port) => port === pagePort,
    ports,
  });
  closers.push(() => relays.close());
  const checks = hostChecks({
    mayReach,
    isPagePort: (port) => port === pagePort,
    ports,
    readTable: socketTableReader(process.platform),
  });
  closers.push(() => checks.close());
  const capture = new Capture({
    ...captureDevices(config.host, process.platform),
    interfaces: () => Object.keys(networkInterfaces()),
    platform: process.platform,
    ports: () => ports,
    isPagePort: (port) => port === pagePort,
    find: findProgram,
    fromWallUs: (wallUs) => journal.clock.fromWallUs(wallUs),
  });
  closers.push(() => capture.close());
  const { gateway, terminals } = await connect(options, {
    ...{ journal, hosts, hosted, ports, relays, checks, capture, mayReach, certificate, chat },
  });
  let page: HostedPage | null = null;
  closers.push(() => page?.close());
  closers.push(() => gateway.close());
  closers.push(() => terminals.close());
  page = await openPage(config, options, { journal, hosts, gateway });
  if (page) {
    ports.add(page.port);
    pagePort = page.port;
    pageUrl = page.url;
  }
  for (const request of config.relays) await relays.add(request);
  let closing: Promise<void> | null = null;
  return {
    url: page?.url ?? null,
    demos,
    usualPorts: new Map(every.map(({ id, port }) => [id, port])),
    relays: () => relays.list(),
    certificate,
    gateway,
    close: () => {
      closing ??= closeAll(closers);
      return closing;
    },
  };
}

/** Ends what was started, newest first: terminals and the gateway before what they speak to and are reached by. */
async function closeAll(closers: (() => Promise<void> | void)[]): Promise<void> {
  for (const close of closers.splice(0).reverse()) await close();
}

/** The parts that the gateway and the terminals are made from. */
interface Parts {
  readonly journal: Journal;
  readonly hosts: readonly string[];
  readonly hosted: readonly HostedDemo[];
  /** Ports of the demos, of the relays and, once it listens, of the page. */
  readonly ports: ReadonlySet<number>;
  readonly relays: Relays;
  readonly checks: ReturnType<typeof hostChecks>;
  readonly capture: Capture;
  readonly mayReach: ReturnType<typeof reachOf>;
  readonly certificate: () => Promise<DemoCertificate>;
  readonly chat: Chat;
}

async function connect(options: PlaygroundOptions, parts: Parts) {
  const { journal, hosts, hosted, ports, relays, checks, capture, mayReach, certificate, chat } = parts;
  const demos = hosted.flatMap((demo) => demo.addresses);
  const readTable = socketTableReader(process.platform);
  const terminals = createTerminalSessions({
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
    version: options.version,
  });
  const gateway = await createGateway({
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
  return { gateway, terminals };
}

/** Starts every demo; when one can't be, the others are closed again. */
async function hostDemos(
  demos: readonly Demo[],
  {
    config,
    hosts,
    journal,
    context,
  }: { config: Config; hosts: readonly string[]; journal: Journal; context: DemoContext },
  { warn }: PlaygroundOptions,
): Promise<HostedDemo[]> {
  for (const id of config.demoPorts.keys()) {
    if (!demos.some((demo) => demo.id === id)) throw new UnknownDemoError(id, demos);
  }
  const hosted: HostedDemo[] = [];
  const isOwnUdpPort = (port: number): boolean => hosted.some((demo) => demo.speaksUdp && demo.port === port);
  try {
    for (const demo of demos) {
      const wish = wishFor(demo, config);
      hosted.push(await hostDemo(demo, { journal, hosts, wish, context, isOwnUdpPort }));
    }
  } catch (error) {
    await Promise.all(hosted.map((demo) => demo.close()));
    throw error;
  }
  for (const { id, port, moved } of hosted) {
    if (moved) warn(`The usual port of ${id} is taken; it listens on ${port} instead.`);
  }
  return hosted;
}

function wishFor(demo: Demo, config: Config) {
  const named = config.demoPorts.get(demo.id);
  const usual = config.ephemeralPorts ? 0 : demo.port;
  return {
    isKept: takenByName(config).has(usual),
    port: named ?? usual,
    named: named !== undefined,
    what: demo.id,
    option: `--demo-port ${demo.id}=PORT`,
  };
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

/** `--demo-port` names a demo that is not there. */
export class UnknownDemoError extends Error {
  readonly code = 'unknown-demo';

  constructor(id: string, demos: readonly Demo[]) {
    super(`There is no demo ${JSON.stringify(id)}. The demos are ${demos.map((demo) => demo.id).join(', ')}.`);
  }
}
