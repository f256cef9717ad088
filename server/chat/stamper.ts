import { type Address, type Draft, type Message, octetsOf, type Sender } from './message.ts';

/** Gives messages their ids, order and time; one for all rooms and users, so that there is one order. */
export class Stamper {
  readonly #nowMs: () => number;
  readonly #run: string;
  #seq = 0;

  /**
   * @param nowMs wall clock.
   * @param run tells the ids of this run from those of others.
   */
  constructor(nowMs: () => number, run: string) {
    this.#nowMs = nowMs;
    this.#run = run;
  }

  /** Makes a message of what somebody wants to send. */
  stamp(from: Sender, to: Address, draft: Draft): Message {
    const { body, file = null, clientId = null, native = null } = draft;
    this.#seq += 1;
    return {
      id: `${this.#run}-${this.#seq}`,
      seq: this.#seq,
      atMs: this.#nowMs(),
      from,
      to,
      kind: file ? 'file' : 'text',
      body,
      file,
      clientId,
      native,
      bytes: octetsOf(draft),
    };
  }
}
