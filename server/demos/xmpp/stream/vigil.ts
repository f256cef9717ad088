import type { Scheduler } from '../../../chat/scheduler.ts';
import type { Jid } from '../jid.ts';
import { ANSWER_WITHIN_MS, ASK_AFTER_SILENCE_MS } from '../limits.ts';
import { NS } from '../namespaces.ts';
import { type XmlElement, xml } from '../xml/element.ts';

/** What a vigil does. */
export interface VigilDesk {
  readonly scheduler: Scheduler;
  /** Asks the client for a sign of life. */
  ask(): void;
  /** It has given none. */
  gone(): void;
}

/**
 * Finds out that a client is gone without a word: nothing comes from a machine without power, no end and no reset. Who has
 * said nothing for long is asked, and given up when no answer comes.
 */
export class Vigil {
  readonly #desk: VigilDesk;
  #callOff: () => void;
  #heard = false;
  #asked = false;

  constructor(desk: VigilDesk) {
    this.#desk = desk;
    this.#callOff = desk.scheduler.later(ASK_AFTER_SILENCE_MS, () => this.#look());
  }

  /** Something came from the client. Cheap: no timer is touched. */
  heard(): void {
    this.#heard = true;
  }

  /** The stream is over. */
  close(): void {
    this.#callOff();
  }

  /** Silence is measured in whole periods, so that it is noticed after one at the earliest and two at the latest. */
  #look(): void {
    const isSilent = !this.#heard;
    this.#heard = false;
    if (isSilent && this.#asked) {
      this.#desk.gone();
      return;
    }
    this.#asked = isSilent;
    if (isSilent) this.#desk.ask();
    const waitMs = isSilent ? ANSWER_WITHIN_MS : ASK_AFTER_SILENCE_MS;
    this.#callOff = this.#desk.scheduler.later(waitMs, () => this.#look());
  }
}

/** The question (XEP-0199); any answer will do, an error as well. */
export function stillThere(jid: Jid, domain: string): XmlElement {
  const attrs = { type: 'get', id: 'still-there', from: domain, to: jid.toString() };
  return xml(NS.client, 'iq', attrs, xml(NS.ping, 'ping'));
}
