/** Counts what both ends have received, so that a lost connection loses nothing. https://xmpp.org/extensions/xep-0198.html */
import type { Message } from '../../../chat/message.ts';
import { MAX_UNACKED_BYTES, MAX_UNACKED_STANZAS } from '../limits.ts';
import { StreamError } from './stream-error.ts';

/** A stanza on its way: its text, and the message of the core that it carries. */
export interface SentStanza {
  readonly text: string;
  readonly message: Message | null;
}

/** Counters wrap at 2^32 (XEP-0198). */
const WRAP = 2 ** 32;

/** One session's counters, and what the client has not acknowledged. */
export class StreamManagement {
  /** What the client shows to come back; `null` when it did not ask for that. */
  readonly token: string | null;
  /** Stanzas that came from the client. */
  handled = 0;
  #acknowledged = 0;
  #unacked: SentStanza[] = [];
  #bytes = 0;
  #asked = false;

  constructor(token: string | null) {
    this.token = token;
  }

  /** Whether the client is to be asked now what it has: something is unacknowledged, and no question is on its way. */
  ask(): boolean {
    if (this.#asked || this.#unacked.length === 0) return false;
    this.#asked = true;
    return true;
  }

  /** Keeps a stanza that is sent. `false`: there are too many of them. */
  sent(stanza: SentStanza): boolean {
    this.#unacked.push(stanza);
    this.#bytes += stanza.text.length;
    return this.#unacked.length <= MAX_UNACKED_STANZAS && this.#bytes <= MAX_UNACKED_BYTES;
  }

  /** The client has so many stanzas. Throws when it can't have: they were never sent. */
  acknowledge(h: string | undefined): void {
    this.#asked = false;
    const count = /^\d{1,10}$/.test(h ?? '') ? Number(h) : -1;
    const newly = (count - this.#acknowledged + WRAP) % WRAP;
    if (count < 0 || newly > this.#unacked.length) {
      throw new StreamError('policy-violation', `h=${String(h)} acknowledges stanzas that were not sent (XEP-0198).`);
    }
    for (const { text } of this.#unacked.splice(0, newly)) this.#bytes -= text.length;
    this.#acknowledged = count;
  }

  /** What was sent and not acknowledged, oldest first. */
  get unacknowledged(): readonly SentStanza[] {
    return this.#unacked;
  }

  /** The client is here again: questions of the old stream are void. */
  resumed(): void {
    this.#asked = false;
  }
}

/** `n` as `h` is written. */
export function counter(n: number): string {
  return String(n % WRAP);
}
