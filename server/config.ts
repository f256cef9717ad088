import type { RelayRequest } from '#protocol/relay.ts';
import { parseAllowed, parseHost, parsePath, parsePort, parseSeed, parseTarget } from './option-values.ts';
import { readOptions, UsageError } from './read-options.ts';

/** Everything a playground can be told, checked. */
export interface Config {
  /** Address to listen on; `null` means both loopback addresses, 127.0.0.1 and ::1. */
  readonly host: string | null;
  /** Port of the page, and whether the user named it (then it is that one or an error). */
  readonly port: WantedPort;
  /** Every port ephemeral. */
  readonly ephemeralPorts: boolean;
  /** Ports named for demos, by demo id. */
  readonly demoPorts: ReadonlyMap<string, number>;
  /** Targets that the terminal may reach besides loopback and our own ports, as `host:port`. */
  readonly allow: ReadonlySet<string>;
  /** Relays to start with. */
  readonly relays: readonly RelayRequest[];
  /** File for the secrets of TLS connections; `null`: they are written nowhere. */
  readonly keyLogFile: string | null;
  /** Data folder; `null` means the platform's own. */
  readonly dataFolder: string | null;
  /** XMPP lets everybody in, and forgets everything a second after the last one has left. On loopback only. */
  readonly xmppTest: boolean;
  /** Another XMPP server, to which the XMPP demo is the way; `null`: our own answers. */
  readonly xmppUpstream: { readonly host: string; readonly port: number } | null;
  readonly openBrowser: boolean;
  readonly json: boolean;
}

/** A port asked for. 0 is an ephemeral one. */
export interface WantedPort {
  readonly port: number;
  readonly named: boolean;
}

/** What the command line asks for. */
export type Command = { type: 'run'; config: Config } | { type: 'help' } | { type: 'version' };

/** Port of the page when nothing is said. */
export const PAGE_PORT = 7070;

const OPTIONS = {
  host: { type: 'string' },
  port: { type: 'string' },
  ports: { type: 'string' },
  'demo-port': { type: 'string', multiple: true },
  allow: { type: 'string', multiple: true },
  data: { type: 'string' },
  keylog: { type: 'string' },
  to: { type: 'string' },
  udp: { type: 'boolean' },
  seed: { type: 'string' },
  'xmpp-test': { type: 'boolean' },
  'xmpp-upstream': { type: 'string' },
  'no-open': { type: 'boolean' },
  json: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean', short: 'v' },
} as const;

/** Reads the arguments after the program's name. Throws a UsageError that says what is wrong. */
export function parseCommandLine(args: readonly string[]): Command {
  const { values, positionals } = readOptions(args, OPTIONS, 'porthole --help');
  if (values.help) return { type: 'help' };
  if (values.version) return { type: 'version' };
  if (values.ports !== undefined && values.ports !== 'auto') throw new UsageError('--ports takes only: auto');
  const ephemeralPorts = values.ports === 'auto';
  return {
    type: 'run',
    config: withoutDoubles({
      host: values.host === undefined ? null : parseHost(values.host),
      port: wantedPagePort(values.port, ephemeralPorts),
      ephemeralPorts,
      demoPorts: new Map((values['demo-port'] ?? []).map(parseDemoPort)),
      allow: new Set((values.allow ?? []).map(parseAllowed)),
      relays: relaysOf(positionals, values),
      dataFolder: values.data === undefined ? null : parsePath(values.data, '--data', 'folder'),
      xmppTest: parseXmppTest(values),
      xmppUpstream: parseXmppUpstream(values),
      keyLogFile: values.keylog === undefined ? null : parsePath(values.keylog, '--keylog', 'file'),
      openBrowser: !values['no-open'] && !values.json,
      json: values.json ?? false,
    }),
  };
}

/** Every TCP port that the user named, and for what. */
function namedPorts({ port, demoPorts, relays }: Config): [number, string][] {
  const named: [number, string][] = [...demoPorts].map(([id, demoPort]) => [demoPort, id]);
  if (port.named) named.unshift([port.port, 'the page']);
  const relayed = relays.filter(({ transport }) => transport === 'tcp');
  return [...named, ...relayed.map((relay): [number, string] => [relay.port, 'the relay'])].filter(
    ([one]) => one !== 0,
  );
}

/** The ports that are named for something, so that nothing else takes them because it usually does. */
export function takenByName(config: Config): ReadonlySet<number> {
  return new Set(namedPorts(config).map(([port]) => port));
}

function withoutDoubles(config: Config): Config {
  const owners = new Map<number, string>();
  for (const [port, what] of namedPorts(config)) {
    const owner = owners.get(port);
    if (owner !== undefined)
      throw new UsageError(`Port ${port} is named for ${owner} and for ${what}; name another one`);
    owners.set(port, what);
  }
  return config;
}

function wantedPagePort(text: string | undefined, ephemeral: boolean): WantedPort {
  if (text !== undefined) return { port: parsePort(text, '--port'), named: true };
  return { port: ephemeral ? 0 : PAGE_PORT, named: false };
}

/** In the test mode every password is right: nobody but this machine may reach it. */
function parseXmppTest({ 'xmpp-test': wanted = false, host }: { 'xmpp-test'?: boolean; host?: string }): boolean {
  const isLoopback = host === undefined || /^(?:127\.[\d.]+|\[?::1\]?|localhost)$/.test(host);
  if (wanted && !isLoopback)
    throw new UsageError('--xmpp-test lets everybody in, so it is for loopback only: leave --host out');
  return wanted;
}

function parseXmppUpstream(values: { 'xmpp-upstream'?: string; 'xmpp-test'?: boolean }): Config['xmppUpstream'] {
  const { 'xmpp-upstream': text, 'xmpp-test': isTest } = values;
  if (text === undefined) return null;
  if (isTest) throw new UsageError('--xmpp-test is about our own XMPP server; with --xmpp-upstream there is none');
  return parseTarget(text, '--xmpp-upstream');
}

function parseDemoPort(text: string): [string, number] {
  const [, id, port] = /^([a-z0-9-]+)=(.*)$/.exec(text) ?? [];
  if (!id || port === undefined) throw new UsageError(`--demo-port takes ID=PORT, not ${JSON.stringify(text)}`);
  return [id, parsePort(port, '--demo-port')];
}

/** Options of `tap`, and none without it. */
interface TapOptions {
  readonly to?: string | undefined;
  readonly udp?: boolean | undefined;
  readonly seed?: string | undefined;
}

function relaysOf([subcommand, port, ...more]: readonly string[], { to, udp, seed }: TapOptions): RelayRequest[] {
  if (subcommand === undefined) {
    if (to === undefined && udp === undefined && seed === undefined) return [];
    throw new UsageError('--to, --udp and --seed belong to a relay: porthole tap PORT --to HOST:PORT');
  }
  if (subcommand !== 'tap' || more.length > 0) {
    throw new UsageError(
      `${JSON.stringify(more[0] ?? subcommand)} is not understood.\nporthole --help lists the options.`,
    );
  }
  if (port === undefined || to === undefined)
    throw new UsageError('A relay needs both ends: porthole tap PORT --to HOST:PORT');
  const target = parseTarget(to, '--to');
  if (target.port === 0) throw new UsageError('--to takes a port from 1 to 65535');
  return [
    {
      transport: udp ? 'udp' : 'tcp',
      port: parsePort(port, 'tap'),
      target,
      ...(seed !== undefined && { seed: parseSeed(seed) }),
    },
  ];
}
