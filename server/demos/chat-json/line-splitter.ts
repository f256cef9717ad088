import { MAX_CHAT_LINE_BYTES } from '#protocol/chat-limits.ts';

const LF = 10;
const CR = 13;

/** A line's octets without its end, or that it was too long and has been dropped. */
export type SplitLine = Buffer | 'line-too-long';

/** Cuts a byte stream into lines, at any chunking. LF ends a line; a CR before it is white space of the JSON. */
export class LineSplitter {
  #parts: Buffer[] = [];
  #length = 0;
  #dropping = false;

  /** The lines that `chunk` completes. A line that is too long is told of at once, and dropped up to its end. */
  split(chunk: Buffer): SplitLine[] {
    const lines: SplitLine[] = [];
    let at = 0;
    for (let lf = chunk.indexOf(LF); lf !== -1; lf = chunk.indexOf(LF, at)) {
      this.#take(chunk.subarray(at, lf), lines);
      if (!this.#dropping) lines.push(this.#release());
      this.#dropping = false;
      at = lf + 1;
    }
    this.#take(chunk.subarray(at), lines);
    return lines;
  }

  #take(part: Buffer, lines: SplitLine[]): void {
    if (this.#dropping || part.length === 0) return;
    if (this.#length + part.length > MAX_CHAT_LINE_BYTES) {
      this.#release();
      this.#dropping = true;
      lines.push('line-too-long');
      return;
    }
    // A copy: a part of a line must not hold the whole chunk.
    this.#parts.push(Buffer.from(part));
    this.#length += part.length;
  }

  #release(): Buffer {
    const line = Buffer.concat(this.#parts, this.#length);
    this.#parts = [];
    this.#length = 0;
    return line.at(-1) === CR ? line.subarray(0, -1) : line;
  }
}
