import type { HttpLine } from './http-message.ts';

const CR = 0x0d;

/** Puts a line together that may come in pieces. */
export class LineBuffer {
  readonly #maxBytes: number;
  #octets: number[] = [];
  /** Position of the line's first octet. */
  from = 0;

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  /** Adds a piece that begins at `position`; false when the line is too long now. */
  add(piece: Uint8Array, position: number): boolean {
    if (this.#octets.length === 0) this.from = position;
    if (this.#octets.length + piece.length > this.#maxBytes) return false;
    for (const octet of piece) this.#octets.push(octet);
    return true;
  }

  /** The line, which ends in LF; its text is without LF and the CR before it. */
  take(): { line: HttpLine; octets: readonly number[] } {
    const octets = this.#octets;
    this.#octets = [];
    const length = octets.length - (octets.at(-2) === CR ? 2 : 1);
    let text = '';
    for (let at = 0; at < length; at += 1) text += String.fromCharCode(octets[at] ?? 0);
    return { line: { text, from: this.from, to: this.from + octets.length }, octets };
  }
}
