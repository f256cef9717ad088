/** Who may talk to the gateway. Pure: what a request says in, verdict out. */
import { plainAddress } from '#protocol/address.ts';

/** What the guard looks at. */
export interface RequestFacts {
  /** The Host header, once. */
  readonly host: string | undefined;
  /** The Origin header; browsers send it on every WebSocket and on every cross-origin request. */
  readonly origin: string | undefined;
  /** Address that the connection arrived at. */
  readonly localAddress: string | undefined;
}

/** Why a request is refused. */
export interface Refusal {
  readonly code: 'foreign-host' | 'foreign-origin';
  readonly message: string;
}

/**
 * Refuses a Host that is not ours (DNS rebinding: a foreign name that resolves to this machine) and an Origin that is
 * not the page served here (cross-site requests and WebSocket hijacking). An IP address as Host can't be rebound; it
 * is ours when the connection arrived at it.
 * @param names further names that the user gave this server, in lower case.
 */
export function refusalOf(facts: RequestFacts, names: ReadonlySet<string>): Refusal | null {
  const hostname = hostnameOf(facts.host);
  if (hostname === null || !isOurs(hostname, facts.localAddress, names)) return foreignHost(facts.host);
  if (facts.origin !== undefined && facts.origin !== `http://${facts.host}`) return foreignOrigin(facts.origin);
  return null;
}

function isOurs(hostname: string, localAddress: string | undefined, names: ReadonlySet<string>): boolean {
  return hostname === 'localhost' || hostname === plainAddress(localAddress ?? '') || names.has(hostname);
}

/** `localhost:7070` → localhost, `[::1]:7070` → ::1; `null` when it is no host and port. */
function hostnameOf(host: string | undefined): string | null {
  const match = /^(?:\[([0-9a-f:.]+)\]|([a-z0-9.-]+))(?::\d{1,5})?$/i.exec(host ?? '');
  return (match?.[1] ?? match?.[2])?.toLowerCase() ?? null;
}

function foreignHost(host: string | undefined): Refusal {
  return {
    code: 'foreign-host',
    message: `This server does not answer for the host ${quote(host)}. Open the address that Porthole printed when it started.`,
  };
}

function foreignOrigin(origin: string): Refusal {
  return {
    code: 'foreign-origin',
    message: `A page from ${quote(origin)} may not talk to this server. Open the address that Porthole printed when it started.`,
  };
}

/** Longest part of a header that is repeated in an answer. */
const MAX_QUOTED_CHARS = 80;

function quote(value: string | undefined): string {
  return value === undefined ? '(none)' : JSON.stringify(value.slice(0, MAX_QUOTED_CHARS));
}
