import { ProgramError } from '../errors.ts';
import { portOf } from '../net/target.ts';

/** Where a request goes. */
export interface HttpUrl {
  readonly secure: boolean;
  /** Name or address, without brackets. */
  readonly host: string;
  readonly port: number;
  /** What Host says: the port only where it is not the usual one. */
  readonly authority: string;
  /** Path and query: what the request line says. */
  readonly target: string;
}

/** Exit code of a URL that makes no sense, as curl's. */
const EXIT_URL = 3;

const USUAL_PORTS = { http: 80, https: 443 } as const;

/**
 * Reads `localhost:7080/hello` or `http://[::1]:7080`; without a scheme it is http.
 * @throws ProgramError that says what is wrong
 */
export function readUrl(word: string): HttpUrl {
  const [, scheme = 'http', authority = '', rest = ''] =
    /^(?:([a-z][a-z0-9+.-]*):\/\/)?([^/?#]*)([^#]*)/i.exec(word) ?? [];
  const kind = scheme.toLowerCase();
  if (kind !== 'http' && kind !== 'https') throw new ProgramError(`${scheme}: only http and https are known here`, 1);
  const [, bracketed, bare, port] = /^(?:\[([0-9a-fA-F:.]+)\]|([^[\]:@\s]+))(?::(\d+))?$/.exec(authority) ?? [];
  const host = bracketed ?? bare;
  if (host === undefined) throw new ProgramError(`${word}: there is no host in it. Write HOST:PORT/PATH`, EXIT_URL);
  if (/[^\x21-\x7e]/.test(rest))
    throw new ProgramError(`${rest}: spaces and letters beyond ASCII are written as %20 and the like`, EXIT_URL);
  return {
    secure: kind === 'https',
    host,
    port: port === undefined ? USUAL_PORTS[kind] : portOf(port),
    authority,
    target: rest.startsWith('/') ? rest : `/${rest}`,
  };
}
