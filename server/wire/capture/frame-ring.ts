import type { Frame } from '#packets/capture-file.ts';
import { MAX_FRAMES, MAX_FRAMES_BYTES } from './limits.ts';

/** A frame that is kept: its octets are its own. */
export interface KeptFrame {
  readonly number: number;
  /** Name of the interface. */
  readonly interface: string;
  readonly seconds: number;
  readonly nanoseconds: number;
  readonly linkType: number;
  readonly bytes: Buffer;
  readonly originalLength: number;
}

/** The newest frames, bounded in number and in octets. Numbers grow by one, and only `erase` gives them anew. */
export class FrameRing {
  readonly #frames: KeptFrame[] = [];
  readonly #maxFrames: number;
  readonly #maxBytes: number;
  #bytes = 0;
  #head = 0;

  constructor(maxFrames = MAX_FRAMES, maxBytes = MAX_FRAMES_BYTES) {
    this.#maxFrames = maxFrames;
    this.#maxBytes = maxBytes;
  }

  /** Number of the newest frame; 0 when there was none. */
  get head(): number {
    return this.#head;
  }

  /** Number of the oldest frame held; `head + 1` when there is none. */
  get oldest(): number {
    return this.#head - this.#frames.length + 1;
  }

  /** @param device name of the interface that it was taken off */
  append({ seconds, nanoseconds, linkType, bytes, originalLength }: Frame, device: string): void {
    this.#head += 1;
    const [number, own] = [this.#head, Buffer.from(bytes)];
    this.#frames.push({ number, interface: device, seconds, nanoseconds, linkType, originalLength, bytes: own });
    this.#bytes += bytes.length;
    if (this.#frames.length > this.#maxFrames + this.#slack || this.#bytes > this.#maxBytes) this.#evict();
  }

  /** Lets go of the frames that `isMeant` picks. The others keep their order, and get the numbers up to `head`. */
  erase(isMeant: (frame: KeptFrame) => boolean): void {
    const kept = this.#frames.filter((frame) => !isMeant(frame));
    const before = this.#head - kept.length;
    this.#frames.splice(0, this.#frames.length, ...kept.map((frame, at) => ({ ...frame, number: before + at + 1 })));
    this.#bytes = kept.reduce((sum, { bytes }) => sum + bytes.length, 0);
  }

  read(number: number): KeptFrame | null {
    return this.#frames[number - this.oldest] ?? null;
  }

  /** A part is cut off at once: shifting one frame at a time would move all of them each time. */
  get #slack(): number {
    return this.#maxFrames >> 3;
  }

  #evict(): void {
    let gone = Math.max(0, this.#frames.length - this.#maxFrames);
    let bytes = this.#bytes;
    for (let at = 0; at < gone; at += 1) bytes -= this.#frames[at]?.bytes.length ?? 0;
    while (bytes > this.#maxBytes && gone < this.#frames.length) {
      bytes -= this.#frames[gone]?.bytes.length ?? 0;
      gone += 1;
    }
    this.#frames.splice(0, gone);
    this.#bytes = bytes;
  }
}
