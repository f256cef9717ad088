import type { Message } from '../../chat/message.ts';
import { MAX_PUSHES } from './limits.ts';

/** What would wake a phone whose app is not connected. There is no phone here: it is shown as what it is, an event. */
export interface Push {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly to: string;
  readonly from: string;
  /** Id of the message that waits. */
  readonly message: string;
  readonly alert: string;
}

/** Characters of a message that a push shows. */
const ALERT_CHARS = 80;

/** The pushes that a real service would have sent to phones, the newest MAX_PUSHES of them. */
export class PushLog {
  #pushes: Push[] = [];

  /** A message waits for somebody who is not there. */
  add(message: Pick<Message, 'id' | 'atMs'>, to: string, from: string, body: string): void {
    const alert = body.length > ALERT_CHARS ? `${body.slice(0, ALERT_CHARS)}…` : body;
    this.#pushes = [...this.#pushes, { at: message.atMs, to, from, message: message.id, alert }].slice(-MAX_PUSHES);
  }

  /** The newest last. */
  list(): readonly Push[] {
    return this.#pushes;
  }
}
