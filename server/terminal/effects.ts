import { randomUUID } from 'node:crypto';
import { lookup, Resolver } from 'node:dns/promises';
import { networkInterfaces } from 'node:os';

/** One address of a name, as the resolver ordered them. */
export interface ResolvedAddress {
  readonly address: string;
  readonly family: number;
}

/** One address of an interface, as `os.networkInterfaces()` gives it. */
export type InterfaceAddress = NonNullable<ReturnType<typeof networkInterfaces>[string]>[number];

/** Interfaces of this machine that have addresses: name → addresses. */
export type Interfaces = Readonly<Record<string, readonly InterfaceAddress[] | undefined>>;

/** Record types that can be asked for. */
export const RECORD_TYPES = ['A', 'AAAA', 'CNAME', 'MX', 'NS', 'PTR', 'SOA', 'SRV', 'TXT'] as const;
/** One of them. */
export type RecordType = (typeof RECORD_TYPES)[number];

/** What the terminal takes from outside besides its host, handed in so that tests can hold it still. */
export interface TerminalEffects {
  /** All addresses of a name, in the system's order. Rejects with `code` ENOTFOUND, EAI_AGAIN, … */
  lookup(name: string, family: 0 | 4 | 6): Promise<readonly ResolvedAddress[]>;
  /** Asks the system's DNS servers for records of one type, as text each. Rejects with `code` ENODATA, ENOTFOUND, … */
  records(name: string, type: RecordType): Promise<readonly string[]>;
  interfaces(): Interfaces;
  /** Calls `fire` once after `delayMs`; returns what cancels it. */
  timer(delayMs: number, fire: () => void): () => void;
  /** A name for a session that nobody can guess. */
  sessionId(): string;
}

/** The real thing. */
export const systemEffects: TerminalEffects = {
  lookup: (name, family) => lookup(name, { all: true, family, verbatim: true }),
  records: askDns,
  interfaces: networkInterfaces,
  timer(delayMs, fire) {
    const handle = setTimeout(fire, delayMs);
    return () => clearTimeout(handle);
  },
  sessionId: randomUUID,
};

/** How long a DNS server is waited for, in milliseconds, and how often it is asked. */
const DNS_TIMEOUT_MS = 3_000;
const DNS_TRIES = 2;

async function askDns(name: string, type: RecordType): Promise<readonly string[]> {
  const resolver = new Resolver({ timeout: DNS_TIMEOUT_MS, tries: DNS_TRIES });
  switch (type) {
    case 'MX':
      return (await resolver.resolveMx(name)).map(({ priority, exchange }) => `${priority} ${exchange}.`);
    case 'SRV':
      return (await resolver.resolveSrv(name)).map((one) => `${one.priority} ${one.weight} ${one.port} ${one.name}.`);
    case 'TXT':
      return (await resolver.resolveTxt(name)).map((pieces) => pieces.map((piece) => JSON.stringify(piece)).join(' '));
    case 'SOA': {
      const { nsname, hostmaster, serial, refresh, retry, expire, minttl } = await resolver.resolveSoa(name);
      return [`${nsname}. ${hostmaster}. ${serial} ${refresh} ${retry} ${expire} ${minttl}`];
    }
    case 'A':
      return resolver.resolve4(name);
    case 'AAAA':
      return resolver.resolve6(name);
    case 'CNAME':
      return (await resolver.resolveCname(name)).map((target) => `${target}.`);
    case 'NS':
      return (await resolver.resolveNs(name)).map((target) => `${target}.`);
    case 'PTR':
      return (await resolver.resolvePtr(name)).map((target) => `${target}.`);
    default:
      return type satisfies never;
  }
}
