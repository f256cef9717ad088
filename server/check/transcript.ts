import type { TranscriptEntry } from '#protocol/check.ts';
import { MAX_ENTRY_BYTES, MAX_TRANSCRIPT_BYTES, MAX_TRANSCRIPT_ENTRIES } from './limits.ts';

/** What a stage's sockets did, bounded in entries and in octets. */
export class Transcript {
  readonly #nowMs: () => number;
  readonly #beganMs: number;
  readonly #entries: TranscriptEntry[] = [];
  #bytes = 0;
  #omitted = 0;

  constructor(nowMs: () => number) {
    this.#nowMs = nowMs;
    this.#beganMs = nowMs();
  }

  /** Entries by time. */
  get entries(): readonly TranscriptEntry[] {
    return this.#entries;
  }

  /** Entries that there was no room for. */
  get omitted(): number {
    return this.#omitted;
  }

  /** Since the stage began, in milliseconds. */
  get ageMs(): number {
    return this.#nowMs() - this.#beganMs;
  }

  /** Writes an entry down. @param length for what has no octets of its own: a time waited. */
  add(peer: number, kind: TranscriptEntry['kind'], bytes: Uint8Array = new Uint8Array(), length = bytes.length): void {
    if (this.#entries.length >= MAX_TRANSCRIPT_ENTRIES) {
      this.#omitted += 1;
      return;
    }
    const room = Math.min(MAX_ENTRY_BYTES, MAX_TRANSCRIPT_BYTES - this.#bytes);
    const kept = bytes.subarray(0, room);
    this.#bytes += kept.length;
    const atMs = Math.round(this.ageMs * 1_000) / 1_000;
    this.#entries.push({ atMs, peer, kind, length, bytes: Buffer.from(kept).toString('base64') });
  }
}
