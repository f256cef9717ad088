import type { CapturedFrame, CaptureStatus } from '#protocol/capture.ts';
import { MAX_BATCH_EVENTS, MAX_PACKETS_MESSAGE_BYTES } from '#protocol/limits.ts';
import type { Conversation } from '#protocol/wire.ts';
import type { WireMessage } from '#protocol/wire-messages.ts';

/** The capture as the gateway sees it. */
export interface PacketSource {
  readonly head: number;
  readonly oldest: number;
  read(number: number): CapturedFrame | null;
  /** Forgets the frames of a conversation, or all (`null`). */
  erase(conversation: Conversation | null): void;
  readonly status: CaptureStatus;
  watch(told: (status: CaptureStatus) => void): {
    setPorts(ports: readonly number[]): void;
    setInterface(name: string | null): boolean;
    leave(): void;
  };
}

/** One viewer's place among the frames. Like the journal's, it is only a cursor: a slow viewer costs nothing. */
export class PacketFeed {
  readonly #source: PacketSource;
  readonly #watch: ReturnType<PacketSource['watch']>;
  #cursor = 0;

  constructor(source: PacketSource, told: (status: CaptureStatus) => void) {
    this.#source = source;
    this.#watch = source.watch(told);
    this.#cursor = source.oldest - 1;
  }

  setPorts(ports: readonly number[]): void {
    this.#watch.setPorts(ports);
  }

  /** Answers whether there is such an interface. */
  setInterface(name: string | null): boolean {
    return this.#watch.setInterface(name);
  }

  /** The next message, or `null` when there is nothing new. */
  next(): Extract<WireMessage, { type: 'packets' }> | null {
    const { head, oldest } = this.#source;
    if (this.#cursor >= head) return null;
    const from = Math.max(this.#cursor + 1, oldest);
    const missed = from - this.#cursor - 1;
    const frames: CapturedFrame[] = [];
    let bytes = 0;
    for (let number = from; number <= head && frames.length < MAX_BATCH_EVENTS; number += 1) {
      const frame = this.#source.read(number);
      if (!frame) break;
      bytes += (frame.bytes.length * 3) / 4;
      if (bytes > MAX_PACKETS_MESSAGE_BYTES && frames.length > 0) break;
      frames.push(frame);
    }
    this.#cursor = from + frames.length - 1;
    return { type: 'packets', missed, frames };
  }

  close(): void {
    this.#watch.leave();
  }
}
