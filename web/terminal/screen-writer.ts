/** Output that the screen has not drawn yet, at the most, in UTF-16 units; xterm itself throws past 50 million. */
const MAX_PENDING_CHARS = 4_000_000;

/** What draws: xterm's `write`, which calls back when it has. */
export type Draw = (text: string, done: () => void) => void;

/** Writes to a screen at once, unless it lags so far behind that what comes has to be left out; then it says how much. */
export class ScreenWriter {
  readonly #draw: Draw;
  readonly #note: (skippedChars: number) => string;
  readonly #maxPending: number;
  #pending = 0;
  #skipped = 0;

  constructor(draw: Draw, note: (skippedChars: number) => string, maxPending = MAX_PENDING_CHARS) {
    this.#draw = draw;
    this.#note = note;
    this.#maxPending = maxPending;
  }

  write(text: string): void {
    if (text === '') return;
    if (this.#pending + text.length > this.#maxPending) this.#skipped += text.length;
    else this.#give(text);
  }

  #give(text: string): void {
    this.#pending += text.length;
    this.#draw(text, () => this.#drawn(text.length));
  }

  #drawn(chars: number): void {
    this.#pending -= chars;
    if (this.#pending > 0 || this.#skipped === 0) return;
    const skipped = this.#skipped;
    this.#skipped = 0;
    this.#give(this.#note(skipped));
  }
}
