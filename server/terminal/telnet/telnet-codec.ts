/**
 * The octets of the Telnet protocol: https://www.rfc-editor.org/rfc/rfc854 (commands), RFC 855 (options).
 * Pure: octets in, tokens out, whatever the pieces.
 */
import { MAX_SUBNEGOTIATION_BYTES } from '../limits.ts';

/** Commands, RFC 854 "Telnet command structure" and, up to 240, RFC 1184 §2. */
export const TELNET = {
  EOF: 236,
  SUSP: 237,
  ABORT: 238,
  EOR: 239,
  SE: 240,
  NOP: 241,
  DM: 242,
  BRK: 243,
  IP: 244,
  AO: 245,
  AYT: 246,
  EC: 247,
  EL: 248,
  GA: 249,
  SB: 250,
  WILL: 251,
  WONT: 252,
  DO: 253,
  DONT: 254,
  IAC: 255,
} as const;

/** How an option is negotiated: offers and requests, and their refusals. */
export type TelnetVerb = 'WILL' | 'WONT' | 'DO' | 'DONT';

/** One thing in a Telnet stream. */
export type TelnetToken =
  | { readonly type: 'data'; readonly octets: Uint8Array }
  | { readonly type: 'negotiation'; readonly verb: TelnetVerb; readonly option: number }
  /** `octets`: the first MAX_SUBNEGOTIATION_BYTES of the parameters. */
  | { readonly type: 'subnegotiation'; readonly option: number; readonly octets: Uint8Array }
  | { readonly type: 'command'; readonly command: number };

/** Reads a stream piece by piece. */
export interface TelnetReader {
  push(octets: Uint8Array): TelnetToken[];
}

const CR = 13;
const VERBS: Readonly<Record<number, TelnetVerb>> = {
  [TELNET.WILL]: 'WILL',
  [TELNET.WONT]: 'WONT',
  [TELNET.DO]: 'DO',
  [TELNET.DONT]: 'DONT',
};

type State = 'data' | 'return' | 'command' | 'option' | 'parameter-option' | 'parameters' | 'parameters-command';

class Reader implements TelnetReader {
  #state: State = 'data';
  #verb: TelnetVerb = 'WILL';
  #option = 0;
  #parameters: number[] = [];
  #data: number[] = [];
  #tokens: TelnetToken[] = [];

  push(octets: Uint8Array): TelnetToken[] {
    this.#tokens = [];
    for (const octet of octets) this.#octet(octet);
    this.#flush();
    return this.#tokens;
  }

  #octet(octet: number): void {
    switch (this.#state) {
      case 'data':
        this.#inData(octet);
        return;
      case 'return':
        this.#afterReturn(octet);
        return;
      case 'command':
        this.#command(octet);
        return;
      case 'option':
        this.#negotiate(octet);
        return;
      case 'parameter-option':
        this.#option = octet;
        this.#state = 'parameters';
        return;
      case 'parameters':
        this.#parameter(octet);
        return;
      case 'parameters-command':
        this.#parameterCommand(octet);
        return;
      default:
        this.#state satisfies never;
    }
  }

  #flush(): void {
    if (this.#data.length > 0) this.#tokens.push({ type: 'data', octets: Uint8Array.from(this.#data) });
    this.#data = [];
  }

  #emit(token: TelnetToken): void {
    this.#flush();
    this.#tokens.push(token);
    this.#state = 'data';
  }

  #inData(octet: number): void {
    if (octet === TELNET.IAC) {
      this.#state = 'command';
      return;
    }
    this.#data.push(octet);
    this.#state = octet === CR ? 'return' : 'data';
  }

  /** RFC 854 "The NVT printer and keyboard": a carriage return alone is sent as CR NUL. */
  #afterReturn(octet: number): void {
    if (octet === 0) this.#state = 'data';
    else this.#inData(octet);
  }

  #command(octet: number): void {
    const verb = VERBS[octet];
    if (octet === TELNET.IAC) {
      this.#data.push(octet);
      this.#state = 'data';
    } else if (verb !== undefined) {
      this.#verb = verb;
      this.#state = 'option';
    } else if (octet === TELNET.SB) {
      this.#parameters = [];
      this.#state = 'parameter-option';
    } else {
      this.#emit({ type: 'command', command: octet });
    }
  }

  #negotiate(option: number): void {
    this.#emit({ type: 'negotiation', verb: this.#verb, option });
  }

  #parameter(octet: number): void {
    if (octet === TELNET.IAC) this.#state = 'parameters-command';
    else this.#keep(octet);
  }

  #parameterCommand(octet: number): void {
    this.#state = 'parameters';
    if (octet === TELNET.IAC) {
      this.#keep(octet);
      return;
    }
    this.#emit({ type: 'subnegotiation', option: this.#option, octets: Uint8Array.from(this.#parameters) });
    // A peer that leaves a subnegotiation with another command means that command.
    if (octet !== TELNET.SE) this.#command(octet);
  }

  #keep(octet: number): void {
    if (this.#parameters.length < MAX_SUBNEGOTIATION_BYTES) this.#parameters.push(octet);
  }
}

/** A reader at the start of a stream. */
export function createTelnetReader(): TelnetReader {
  return new Reader();
}

/** Data as it is sent: 255 doubled (RFC 854 "Telnet command structure"). */
export function escapeTelnet(octets: Uint8Array): Uint8Array {
  if (!octets.includes(TELNET.IAC)) return octets;
  return Uint8Array.from([...octets].flatMap((octet) => (octet === TELNET.IAC ? [octet, octet] : [octet])));
}

/** A negotiation as it is sent. */
export function telnetNegotiation(verb: TelnetVerb, option: number): Uint8Array {
  return Uint8Array.of(TELNET.IAC, TELNET[verb], option);
}
