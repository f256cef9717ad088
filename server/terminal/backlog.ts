import { MAX_BACKLOG_CHARS } from './limits.ts';

/**
 * The newest output of a session, at most MAX_BACKLOG_CHARS, by its position in UTF-16 units since the session
 * began. Pieces are dropped whole, so that what is left never begins inside a control sequence.
 */
export interface Backlog {
  /** Position of the oldest unit that is kept. */
  readonly start: number;
  /** Position after the newest unit. */
  readonly end: number;
  append(text: string): void;
  /** The pieces from `position` on; a position before `start` gets everything that is kept. */
  since(position: number): string[];
  /** Moves all positions by `units`, so that they agree with a browser that has missed or been told something. */
  shift(units: number): void;
}

class BoundedBacklog implements Backlog {
  readonly #pieces: string[] = [];
  start = 0;
  end = 0;

  append(text: string): void {
    if (text === '') return;
    this.#pieces.push(text);
    this.end += text.length;
    while (this.end - this.start > MAX_BACKLOG_CHARS) this.start += this.#pieces.shift()?.length ?? 0;
  }

  since(position: number): string[] {
    const pieces: string[] = [];
    let at = this.start;
    for (const piece of this.#pieces) {
      if (at + piece.length > position) pieces.push(piece.slice(Math.max(0, position - at)));
      at += piece.length;
    }
    return pieces;
  }

  shift(units: number): void {
    this.start += units;
    this.end += units;
  }
}

/** An empty backlog. */
export function createBacklog(): Backlog {
  return new BoundedBacklog();
}
