import { MAX_LINE_BYTES } from './limits.ts';

const LF = 10;
const CR = 13;

/** Cuts a byte stream into lines, at any chunking. LF ends a line; a CR before it belongs to the line end. */
export class LineReader {
  /** The line that the last `read` completed, decoded as UTF-8 with U+FFFD for what is not; `null` when none. */
  line: string | null = null;
  /** Whether that line was longer than MAX_LINE_BYTES, so that its rest is dropped. */
  cut = false;
  /** A line whose end has not come: room for the longest one and one octet, which may be the CR of its end. */
  #start: Buffer | null = null;
  #startLength = 0;
  #dropping = false;

  /** Reads from position `at` up to the end of a line or of the chunk; answers where to read on. */
  read(chunk: Buffer, at: number): number {
    const lf = chunk.indexOf(LF, at);
    const complete = lf !== -1;
    const end = complete ? lf : chunk.length;
    this.line = null;
    this.cut = false;
    if (at === chunk.length) return at;
    if (this.#dropping) this.#dropping = !complete;
    else if (complete && this.#startLength === 0 && end - at <= MAX_LINE_BYTES) this.line = lineOf(chunk, at, end);
    else this.#hold(chunk, at, end, complete);
    return complete ? end + 1 : end;
  }

  /** What came after the last line end, when the stream is over; `null` when nothing did. */
  rest(): string | null {
    return this.#start ? this.#release(this.#start, this.#startLength) : null;
  }

  #hold(chunk: Buffer, at: number, end: number, complete: boolean): void {
    const start = this.#start ?? Buffer.allocUnsafe(MAX_LINE_BYTES + 1);
    const fitting = chunk.copy(start, this.#startLength, at, end);
    this.#start = start;
    this.#startLength += fitting;
    this.cut = at + fitting < end || (this.#startLength > MAX_LINE_BYTES && start[MAX_LINE_BYTES] !== CR);
    if (this.cut) this.line = this.#release(start, characterStart(start, MAX_LINE_BYTES));
    else if (complete) this.line = this.#release(start, this.#startLength);
    this.#dropping = this.cut && !complete;
  }

  #release(start: Buffer, length: number): string {
    this.#start = null;
    this.#startLength = 0;
    return lineOf(start, 0, length);
  }
}

function lineOf(bytes: Buffer, start: number, end: number): string {
  const withoutCr = end > start && bytes[end - 1] === CR ? end - 1 : end;
  return bytes.toString('utf8', start, withoutCr);
}

/** Where the UTF-8 character at `at` begins: continuation octets are 10xxxxxx, three at the most (RFC 3629 §3). */
function characterStart(bytes: Buffer, at: number): number {
  let start = at;
  while (start > at - 3 && ((bytes[start] ?? 0) & 0xc0) === 0x80) start -= 1;
  return start;
}
