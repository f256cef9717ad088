import { READ_MEMORY_BYTES } from './limits.ts';

/**
 * Memory that reads share: what lies in it is lent until the next read. A read of its own memory costs more than the
 * rest of an echo, and 64 KiB a read keep the garbage collector busier than the wire.
 */
export const READ_MEMORY = Buffer.allocUnsafeSlow(READ_MEMORY_BYTES);

/** Whether these octets are only lent: whoever wants to keep them copies them. */
export function isLent(octets: Uint8Array): boolean {
  return octets.buffer === READ_MEMORY.buffer;
}

/** What outlives the call: a copy of octets that are only lent, and anything else itself. */
export function keep<T>(chunk: T): T | Buffer {
  return chunk instanceof Uint8Array && isLent(chunk) ? Buffer.from(chunk) : chunk;
}

/** Memory for copies that are rarely needed for longer than a call. */
export class CopyMemory {
  #memory: Buffer | null = null;

  /** A copy of octets of the read memory: good until the next one, unless it is given away. */
  copy(lent: Buffer): Buffer {
    this.#memory ??= Buffer.allocUnsafeSlow(READ_MEMORY_BYTES);
    this.#memory.set(lent);
    return this.#memory.subarray(0, lent.length);
  }

  /** The last copy is needed for longer. */
  giveAway(): void {
    this.#memory = null;
  }
}
