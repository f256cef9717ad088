/** Which Telnet options are on, and what is answered: the receiving half of RFC 1143's Q method. */
import type { TelnetVerb } from './telnet-codec.ts';

/** RFC 857. */
export const OPTION_ECHO = 1;
/** RFC 858. */
export const OPTION_SUPPRESS_GO_AHEAD = 3;

/** The options of one connection. We never ask for one, so a peer that does not speak Telnet is never confused. */
export interface TelnetOptions {
  /** The peer echoes what is typed. */
  readonly peerEchoes: boolean;
  /** Keys are sent one by one: the peer suppresses go-ahead (RFC 858; with echo, "character at a time"). */
  readonly characterMode: boolean;
  /** Takes a negotiation; returns what is to be answered, or `null` for nothing. */
  negotiate(verb: TelnetVerb, option: number): { readonly verb: TelnetVerb; readonly option: number } | null;
}

/** Options that we let the peer do, and that we do when asked. */
const ACCEPTED_OF_PEER: ReadonlySet<number> = new Set([OPTION_ECHO, OPTION_SUPPRESS_GO_AHEAD]);
const ACCEPTED_OF_US: ReadonlySet<number> = new Set([OPTION_SUPPRESS_GO_AHEAD]);

class Options implements TelnetOptions {
  readonly #peer = new Set<number>();
  readonly #us = new Set<number>();

  get peerEchoes(): boolean {
    return this.#peer.has(OPTION_ECHO);
  }

  get characterMode(): boolean {
    return this.#peer.has(OPTION_SUPPRESS_GO_AHEAD);
  }

  negotiate(verb: TelnetVerb, option: number): { verb: TelnetVerb; option: number } | null {
    const answer = this.#answer(verb, option);
    return answer === null ? null : { verb: answer, option };
  }

  #answer(verb: TelnetVerb, option: number): TelnetVerb | null {
    switch (verb) {
      case 'WILL':
        return asked(this.#peer, ACCEPTED_OF_PEER, option, 'DO', 'DONT');
      case 'WONT':
        return this.#peer.delete(option) ? 'DONT' : null;
      case 'DO':
        return asked(this.#us, ACCEPTED_OF_US, option, 'WILL', 'WONT');
      case 'DONT':
        return this.#us.delete(option) ? 'WONT' : null;
      default:
        return verb satisfies never;
    }
  }
}

/** A request for what is on already is not answered: that is what keeps two ends from answering for ever. */
function asked(
  on: Set<number>,
  accepted: ReadonlySet<number>,
  option: number,
  yes: TelnetVerb,
  no: TelnetVerb,
): TelnetVerb | null {
  if (!accepted.has(option)) return no;
  if (on.has(option)) return null;
  on.add(option);
  return yes;
}

/** All options off, as a connection begins. */
export function createTelnetOptions(): TelnetOptions {
  return new Options();
}
