import { MAX_HISTORY_LINES } from '../limits.ts';

/** The commands of one terminal, oldest first; at most MAX_HISTORY_LINES. */
export interface History {
  readonly lines: readonly string[];
  /** Number of the oldest line that is kept, from 1. */
  readonly firstNumber: number;
  /** Remembers a command; blank ones, and the same one twice running, are not kept. */
  add(line: string): void;
  /** Index of the newest line at or before `from` that contains `text`; -1 if there is none. */
  findBack(text: string, from: number): number;
}

class BoundedHistory implements History {
  readonly #lines: string[] = [];
  #firstNumber = 1;

  get lines(): readonly string[] {
    return this.#lines;
  }

  get firstNumber(): number {
    return this.#firstNumber;
  }

  add(line: string): void {
    if (line.trim() === '' || line === this.#lines.at(-1)) return;
    this.#lines.push(line);
    if (this.#lines.length <= MAX_HISTORY_LINES) return;
    this.#lines.shift();
    this.#firstNumber += 1;
  }

  findBack(text: string, from: number): number {
    for (let index = Math.min(from, this.#lines.length - 1); index >= 0; index -= 1) {
      if (this.#lines[index]?.includes(text)) return index;
    }
    return -1;
  }
}

/** An empty history. */
export function createHistory(): History {
  return new BoundedHistory();
}
