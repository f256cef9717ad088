import type { UploadSlot } from './speaker.ts';

interface Waiting {
  resolve(slot: UploadSlot): void;
  reject(error: Error): void;
}

/** Places for files that have been asked for, by the id of the request. */
export class Slots {
  readonly #waiting = new Map<string, Waiting>();
  #requests = 0;

  /** @param send asks the server, under this id. */
  ask(send: (id: string) => void): Promise<UploadSlot> {
    this.#requests += 1;
    const id = `slot-${this.#requests}`;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      send(id);
    });
  }

  /** Whether this request waits for its answer. */
  has(id: string): boolean {
    return this.#waiting.has(id);
  }

  give(id: string, slot: UploadSlot): void {
    this.#take(id)?.resolve(slot);
  }

  /** @param reason in the server's words. */
  refuse(id: string, reason: string): void {
    this.#take(id)?.reject(new Error(reason));
  }

  /** The connection is over. */
  refuseAll(reason: string): void {
    for (const id of [...this.#waiting.keys()]) this.refuse(id, reason);
  }

  #take(id: string): Waiting | undefined {
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    return waiting;
  }
}
