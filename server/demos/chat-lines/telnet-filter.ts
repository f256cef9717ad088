/** The Telnet Protocol, RFC 854, as far as a server without any option needs it. https://www.rfc-editor.org/rfc/rfc854 */
import { MAX_SUBNEGOTIATION_BYTES } from './limits.ts';

const NUL = 0;
const LF = 10;
const CR = 13;
// RFC 854, "Telnet Command Structure".
const SE = 240;
const SB = 250;
const WILL = 251;
const WONT = 252;
const DO = 253;
const DONT = 254;
const IAC = 255;

/**
 * - `text`: octets of lines; `command`: after IAC; `option`: after IAC WILL, WONT, DO or DONT;
 * - `subnegotiation`: after IAC SB; `subnegotiation-command`: after IAC within it.
 */
type State = 'text' | 'command' | 'option' | 'subnegotiation' | 'subnegotiation-command';

/**
 * Takes the telnet sequences out of what one client sends, at any chunking, and refuses every option that the client
 * offers or asks for. A client that speaks no telnet sends octet 255 never in UTF-8, so for it this changes nothing.
 */
export class TelnetFilter {
  readonly #answer: (bytes: Buffer) => void;
  #state: State = 'text';
  #verb = 0;
  #subnegotiationBytes = 0;
  #afterCr = false;

  /** @param answer sends octets back to the client: three for each option that it negotiates. */
  constructor(answer: (bytes: Buffer) => void) {
    this.#answer = answer;
  }

  /** The text in `chunk`: the chunk itself when there is nothing to take out. CR NUL becomes CR LF. */
  strip(chunk: Buffer): Buffer {
    if (this.#state === 'text' && !chunk.includes(IAC) && !chunk.includes(NUL)) {
      this.#afterCr = chunk.at(-1) === CR;
      return chunk;
    }
    const text = Buffer.allocUnsafe(chunk.length);
    const refusals: number[] = [];
    let length = 0;
    for (const octet of chunk) {
      const kept = this.#step(octet, refusals);
      if (kept !== null) length = text.writeUInt8(kept, length);
    }
    if (refusals.length > 0) this.#answer(Buffer.from(refusals));
    return text.subarray(0, length);
  }

  /** Takes one octet; answers the octet of text that it stands for, or `null`. */
  #step(octet: number, refusals: number[]): number | null {
    switch (this.#state) {
      case 'text':
        return this.#text(octet);
      case 'command':
        return this.#command(octet);
      case 'option':
        this.#state = 'text';
        refuse(this.#verb, octet, refusals);
        return null;
      case 'subnegotiation':
        this.#subnegotiation(octet);
        return null;
      case 'subnegotiation-command':
        this.#state = octet === SE ? 'text' : 'subnegotiation';
        return null;
      default:
        return this.#state satisfies never;
    }
  }

  #text(octet: number): number | null {
    if (octet === IAC) {
      this.#state = 'command';
      return null;
    }
    // RFC 854, "The NVT Printer and Keyboard": CR NUL is a carriage return alone; some clients send it for Enter.
    const kept = octet === NUL && this.#afterCr ? LF : octet;
    this.#afterCr = octet === CR;
    return kept;
  }

  #command(octet: number): number | null {
    this.#state = 'text';
    if (octet === IAC) return octet;
    if (octet >= WILL) {
      this.#verb = octet;
      this.#state = 'option';
    } else if (octet === SB) {
      this.#subnegotiationBytes = 0;
      this.#state = 'subnegotiation';
    }
    return null;
  }

  #subnegotiation(octet: number): void {
    this.#subnegotiationBytes += 1;
    if (octet === IAC) this.#state = 'subnegotiation-command';
    else if (this.#subnegotiationBytes > MAX_SUBNEGOTIATION_BYTES) this.#state = 'text';
  }
}

/** RFC 854, "General Considerations": whoever does not want an option answers WILL with DONT and DO with WONT. */
function refuse(verb: number, option: number, refusals: number[]): void {
  if (verb === WILL) refusals.push(IAC, DONT, option);
  else if (verb === DO) refusals.push(IAC, WONT, option);
}
