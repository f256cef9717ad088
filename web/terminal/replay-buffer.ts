/** Output kept for a view that mounts later, in UTF-16 units: about five thousand lines. */
const MAX_REPLAY_CHARS = 400_000;

/** The end of a terminal's output, bounded, so that a screen that mounts anew shows what was there. */
export class ReplayBuffer {
  readonly #maxChars: number;
  #chunks: string[] = [];
  #chars = 0;

  constructor(maxChars = MAX_REPLAY_CHARS) {
    this.#maxChars = maxChars;
  }

  /** Adds output. Past the bound the oldest lines go. */
  push(text: string): void {
    this.#chunks.push(text);
    this.#chars += text.length;
    // Half as much again, so that trimming is rare.
    if (this.#chars > this.#maxChars * 1.5) this.#trim();
  }

  /** Everything kept. It begins at the start of a line once something was let go. */
  text(): string {
    if (this.#chars > this.#maxChars) this.#trim();
    return this.#chunks.join('');
  }

  clear(): void {
    this.#chunks = [];
    this.#chars = 0;
  }

  #trim(): void {
    const tail = this.#chunks.join('').slice(-this.#maxChars);
    // A line's start is never inside an escape sequence nor inside a surrogate pair.
    const kept = tail.slice(tail.indexOf('\n') + 1);
    this.#chunks = [kept];
    this.#chars = kept.length;
  }
}
