import { isIP } from 'node:net';
import { parseArgs } from 'node:util';
import { plainAddress } from '#protocol/address.ts';
import type { RelayRequest } from '#protocol/relay.ts';

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
  /** XMPP lets everybody in, and forgets everything when the last one leaves. On loopback only. */
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

/** A command line that can't be understood; the message says what to do. */
export class UsageError extends Error {
  readonly code = 'usage';
}

/** Port of the page when nothing is said. */
export const PAGE_PORT = 7070;

/** Text of `--help`. */
export const USAGE = `porthole: a window on the network of the machine it runs on

Usage: porthole [options]
       porthole tap PORT --to HOST:PORT [--udp] [--seed N] [options]
       porthole check CHALLENGE --port PORT   tests a server that you wrote (check --help)

  tap PORT               listen on PORT and carry what comes to a server of yours, with its
                         conversations in the workbench and faults to switch on (0: any port)
  --to HOST:PORT         where it leads: this machine, or what --allow names
  --udp                  UDP instead of TCP
  --seed N               the same seed and the same traffic give the same faults

  --host ADDRESS         listen here (default: 127.0.0.1 and ::1, this machine only)
  --port PORT            port of the page (default: ${PAGE_PORT})
  --ports auto           every port ephemeral: nothing is fixed, nothing collides
  --demo-port ID=PORT    port of one demo, for example echo=9007; may be repeated
  --allow HOST:PORT      a target the terminal may reach besides this machine; may be repeated
  --data DIR             folder for progress and certificate (default: the platform's data folder)
  --keylog FILE          write the secrets of TLS connections to FILE: whoever reads it can
                         decrypt a capture of them, as Wireshark does
  --xmpp-upstream HOST:PORT
                         carry XMPP to a server of yours, with its conversations in the workbench
  --xmpp-test            XMPP for test scripts: any user, any password, everything forgotten when
                         the last one leaves; on loopback only
  --no-open              do not open a browser
  --json                 print one line of JSON when ready, and nothing else on standard output
  --help, --version
`;

/** Reads the arguments after the program's name. Throws a UsageError that says what is wrong. */
export function parseCommandLine(args: readonly string[]): Command {
  const { values, positionals } = readOptions(args);
  if (values.help) return { type: 'help' };
  if (values.version) return { type: 'version' };
  if (values.ports !== undefined && values.ports !== 'auto') throw new UsageError('--ports takes only: auto');
  const ephemeralPorts = values.ports === 'auto';
  return {
    type: 'run',
    config: {
      host: values.host === undefined ? null : parseHost(values.host),
      port: wantedPagePort(values.port, ephemeralPorts),
      ephemeralPorts,
      demoPorts: new Map((values['demo-port'] ?? []).map(parseDemoPort)),
      allow: new Set((values.allow ?? []).map(parseAllowed)),
      relays: relaysOf(positionals, values),
      dataFolder: values.data ?? null,
      xmppTest: parseXmppTest(values),
      xmppUpstream: parseXmppUpstream(values),
      keyLogFile: values.keylog === undefined ? null : parseFile(values.keylog),
      openBrowser: !values['no-open'] && !values.json,
      json: values.json ?? false,
    },
  };
}

function readOptions(args: readonly string[]) {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      strict: true,
      allowPositionals: true,
      options: {
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
      },
    });
    return { values, positionals };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new UsageError(`${reason}\nporthole --help lists the options.`, { cause: error });
  }
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

function parseHost(text: string): string {
  const host = text.replace(/^\[|\]$/g, '');
  if (host === 'localhost') return '127.0.0.1';
  if (isIP(host) === 0) throw new UsageError(`--host takes an IP address of this machine, not ${JSON.stringify(text)}`);
  return host;
}

/** A port number; 0 is allowed. Throws a UsageError that names the option. */
function parseFile(text: string): string {
  if (text === '') throw new UsageError('--keylog takes the name of a file');
  return text;
}

export function parsePort(text: string, option: string): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : -1;
  if (port < 0 || port > 65_535)
    throw new UsageError(`${option} takes a port from 0 to 65535, not ${JSON.stringify(text)}`);
  return port;
}

function parseDemoPort(text: string): [string, number] {
  const [, id, port] = /^([a-z0-9-]+)=(.*)$/.exec(text) ?? [];
  if (!id || port === undefined) throw new UsageError(`--demo-port takes ID=PORT, not ${JSON.stringify(text)}`);
  return [id, parsePort(port, '--demo-port')];
}

/** `example.org:80`, `192.0.2.1:80`, `[2001:db8::1]:80`: the host in lower case and without brackets. */
function parseTarget(text: string, option: string): { host: string; port: number } {
  const [, bracketed, bare, port] = /^(?:\[([^\]]+)\]|([^:\s]+)):(\d{1,5})$/.exec(text) ?? [];
  const host = bracketed ?? bare;
  if (!host || !port) throw new UsageError(`${option} takes HOST:PORT, not ${JSON.stringify(text)}`);
  return { host: plainAddress(host.toLowerCase()), port: parsePort(port, option) };
}

/** `host:port` of `--allow`, as reach.ts takes it. Throws a UsageError. */
export function parseAllowed(text: string): string {
  const { host, port } = parseTarget(text, '--allow');
  return `${host} ${port}`;
}

/** Options of `tap`, and none without it. */
interface TapOptions {
  readonly to?: string | undefined;
  readonly udp?: boolean | undefined;
  readonly seed?: string | undefined;
}

const LAST_SEED = 0xffff_ffff;

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

function parseSeed(text: string): number {
  const seed = /^\d{1,10}$/.test(text) ? Number(text) : LAST_SEED + 1;
  if (seed > LAST_SEED)
    throw new UsageError(`--seed takes a number from 0 to ${LAST_SEED}, not ${JSON.stringify(text)}`);
  return seed;
}
