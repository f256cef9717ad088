/** Who may talk to the gateway. Pure: what a request says in, verdict out. */
import { hostProblem } from '#packets/http/http-framing.ts';
import { sectionOf } from '#packets/http/http-problem.ts';
import { httpSentence } from '#packets/http/http-sentences.ts';
import { plainAddress } from '#protocol/address.ts';

/** What the guard looks at: a request as `node:http` hands it over. */
export interface GuardedRequest {
  /** The values of all field lines. In `headers` only the first Host is left, so that another would go unseen. */
  readonly headersDistinct: { readonly host?: readonly string[] };
  readonly headers: {
    /** Browsers send it on every WebSocket and on every cross-origin request. */
    readonly origin?: string | undefined;
  };
  /** Its connection, with the address that it arrived at. */
  readonly socket: { readonly localAddress?: string | undefined };
}

/** Why a request is refused. */
export interface Refusal {
  readonly status: 400 | 403;
  readonly code: 'bad-host' | 'foreign-host' | 'foreign-origin';
  readonly message: string;
}

/**
 * Refuses a request without exactly one Host, for nobody could say whose it is (RFC 9112 §3.2), a Host that is not ours
 * (DNS rebinding: a foreign name that resolves to this machine), and an Origin that is not the page served here
 * (cross-site requests and WebSocket hijacking). An IP address as Host can't be rebound; it is ours when the connection
 * arrived at it.
 * @param names further names that the user gave this server, in lower case.
 */
export function refusalOf(request: GuardedRequest, names: ReadonlySet<string>): Refusal | null {
  const hosts = request.headersDistinct.host ?? [];
  const wrong = hostProblem(hosts);
  if (wrong) return badHost(`${httpSentence(wrong)} (${sectionOf(wrong.code)})`);
  const [host = ''] = hosts;
  const { origin } = request.headers;
  const hostname = hostnameOf(host);
  if (hostname === null || !isOurs(hostname, request.socket.localAddress, names)) return foreignHost(host);
  return origin === undefined || origin === `http://${host}` ? null : foreignOrigin(origin);
}

function isOurs(hostname: string, localAddress: string | undefined, names: ReadonlySet<string>): boolean {
  return hostname === 'localhost' || hostname === plainAddress(localAddress ?? '') || names.has(hostname);
}

/** `localhost:7070` → localhost, `[::1]:7070` → ::1; `null` when it is no host and port. */
function hostnameOf(host: string): string | null {
  const match = /^(?:\[([0-9a-f:.]+)\]|([a-z0-9.-]+))(?::\d{1,5})?$/i.exec(host);
  return (match?.[1] ?? match?.[2])?.toLowerCase() ?? null;
}

function badHost(message: string): Refusal {
  return { status: 400, code: 'bad-host', message };
}

function foreignHost(host: string): Refusal {
  return {
    status: 403,
    code: 'foreign-host',
    message: `This server does not answer for the host ${quote(host)}. Open the address that Porthole printed when it started.`,
  };
}

function foreignOrigin(origin: string): Refusal {
  return {
    status: 403,
    code: 'foreign-origin',
    message: `A page from ${quote(origin)} may not talk to this server. Open the address that Porthole printed when it started.`,
  };
}

/** Longest part of a header that is repeated in an answer. */
const MAX_QUOTED_CHARS = 80;

function quote(value: string): string {
  return JSON.stringify(value.slice(0, MAX_QUOTED_CHARS));
}
