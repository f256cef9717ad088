/** ClientHello and ServerHello: RFC 8446 §4.1, and the extensions that tell what is asked for. */
import { OctetCursor } from './octet-cursor.ts';

/** Extensions that are read. */
const SERVER_NAME = 0;
const ALPN = 16;
const SUPPORTED_VERSIONS = 43;

/** Names of a list that are kept. */
const MAX_NAMES = 16;

/** Random of a ServerHello that asks for another ClientHello (RFC 8446 §4.1.3). */
const RETRY = 'cf21ad74e59a6111be1d8c021e65b891c2a211167abb8c5e079e09e2c8a8339c';

/** What a client asks for, in the clear. */
export interface ClientHello {
  /** Versions offered, best first: of the extension, or of the field where there is none. */
  readonly versions: readonly number[];
  /** How many cipher suites are offered. */
  readonly cipherSuites: number;
  /** Host name in the extension server_name (SNI, RFC 6066 §3), or `null`. */
  readonly serverName: string | null;
  /** Protocols offered (ALPN, RFC 7301 §3.1). */
  readonly protocols: readonly string[];
}

/** What a server chose. */
export interface ServerHello {
  readonly version: number;
  /** Number of the cipher suite. */
  readonly cipherSuite: number;
  /** It asks for another ClientHello. */
  readonly retry: boolean;
  /** Protocol chosen; in 1.3 that is encrypted, and so `null`. */
  readonly protocol: string | null;
}

/** Reads the body of a ClientHello; what is cut off is left out. `null` when it makes no sense. */
export function parseClientHello(body: Uint8Array): ClientHello | null {
  const cursor = new OctetCursor(body);
  const version = cursor.u16();
  cursor.skip(32);
  cursor.vector(1);
  const suites = cursor.vector(2);
  cursor.vector(1);
  if (version === null || suites === null) return null;
  const extensions = readExtensions(cursor);
  const versions = versionsOf(extensions.get(SUPPORTED_VERSIONS));
  return {
    versions: versions.length > 0 ? versions : [version],
    cipherSuites: suites.length >> 1,
    serverName: serverNameOf(extensions.get(SERVER_NAME)),
    protocols: protocolsOf(extensions.get(ALPN)),
  };
}

/** Reads the body of a ServerHello; `null` when it makes no sense. */
export function parseServerHello(body: Uint8Array): ServerHello | null {
  const cursor = new OctetCursor(body);
  const version = cursor.u16();
  const random = cursor.take(32);
  cursor.vector(1);
  const cipherSuite = cursor.u16();
  cursor.skip(1);
  if (version === null || random === null || cipherSuite === null) return null;
  const extensions = readExtensions(cursor);
  const chosen = extensions.get(SUPPORTED_VERSIONS);
  return {
    version: (chosen && new OctetCursor(chosen).u16()) ?? version,
    cipherSuite,
    retry: hex(random) === RETRY,
    protocol: protocolsOf(extensions.get(ALPN))[0] ?? null,
  };
}

/** Extensions by number; the last may be cut short. */
function readExtensions(cursor: OctetCursor): ReadonlyMap<number, Uint8Array> {
  const extensions = new Map<number, Uint8Array>();
  cursor.skip(2);
  for (let type = cursor.u16(); type !== null; type = cursor.u16()) {
    const value = cursor.vector(2);
    if (value === null) break;
    extensions.set(type, value);
  }
  return extensions;
}

function versionsOf(value: Uint8Array | undefined): number[] {
  const list = value && new OctetCursor(value).vector(1);
  if (!list) return [];
  const cursor = new OctetCursor(list);
  const versions: number[] = [];
  for (let version = cursor.u16(); version !== null && versions.length < MAX_NAMES; version = cursor.u16()) {
    // GREASE values (RFC 8701) stand for nothing.
    if ((version & 0x0f0f) !== 0x0a0a) versions.push(version);
  }
  return versions.sort((one, other) => other - one);
}

function serverNameOf(value: Uint8Array | undefined): string | null {
  const list = value && new OctetCursor(value).vector(2);
  if (!list) return null;
  const cursor = new OctetCursor(list);
  const type = cursor.u8();
  const name = cursor.vector(2);
  return type === 0 && name ? visible(name) : null;
}

function protocolsOf(value: Uint8Array | undefined): string[] {
  const list = value && new OctetCursor(value).vector(2);
  if (!list) return [];
  const cursor = new OctetCursor(list);
  const protocols: string[] = [];
  for (let name = cursor.vector(1); name !== null && protocols.length < MAX_NAMES; name = cursor.vector(1)) {
    protocols.push(visible(name));
  }
  return protocols;
}

function visible(octets: Uint8Array): string {
  return String.fromCharCode(...octets).replace(/[^\x21-\x7e]/g, '·');
}

function hex(octets: Uint8Array): string {
  return Array.from(octets, (octet) => octet.toString(16).padStart(2, '0')).join('');
}
