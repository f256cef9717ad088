import type { Speaker } from './speakers/speaker.ts';

/** A message of ours under way. `fileId`: of what was uploaded for it. */
export interface OutgoingMessage {
  readonly key: string;
  readonly to: string;
  readonly body: string;
  readonly fileId: string | null;
}

/**
 * Messages that may be sent again: a server may have got them before the connection broke, and takes the same id as the
 * same message. Where a protocol cannot say that, they are sent once and not kept.
 */
export class Outbox {
  readonly #unacknowledged = new Map<string, OutgoingMessage>();

  send(speaker: Speaker, message: OutgoingMessage): void {
    if (speaker.repeats) this.#unacknowledged.set(message.key, message);
    say(speaker, message);
  }

  sendAgain(speaker: Speaker): void {
    for (const message of this.#unacknowledged.values()) say(speaker, message);
  }

  /** Whether it will be sent again. */
  has(key: string): boolean {
    return this.#unacknowledged.has(key);
  }

  /** Its fate is known. */
  settle(key: string): void {
    this.#unacknowledged.delete(key);
  }

  clear(): void {
    this.#unacknowledged.clear();
  }
}

function say(speaker: Speaker, { to, key, body, fileId }: OutgoingMessage): void {
  speaker.say(to, key, body, fileId);
}
