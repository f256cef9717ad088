import { bufferOf, type EditBuffer, eraseLeft, textOf } from './edit-buffer.ts';
import type { History } from './history.ts';
import type { Key } from './keys.ts';
import type { Prompt } from './line-view.ts';

/**
 * - `stay`: the search goes on; `cancel`: the line is as it was before;
 * - `accept`: the line found is taken; `accept-and-continue`: and the key does what it does without a search.
 */
export type SearchOutcome = 'stay' | 'cancel' | 'accept' | 'accept-and-continue';

/** A reverse incremental search through the history (Ctrl-R). */
export interface HistorySearch {
  /** The line as it was when the search began. */
  readonly origin: EditBuffer;
  prompt(): Prompt;
  found(): EditBuffer;
  press(key: Key): SearchOutcome;
}

class Search implements HistorySearch {
  readonly origin: EditBuffer;
  readonly #history: History;
  #query = '';
  #at: number;
  #failed = false;

  constructor(history: History, origin: EditBuffer) {
    this.#history = history;
    this.origin = origin;
    this.#at = history.lines.length;
  }

  prompt(): Prompt {
    const text = `(${this.#failed ? 'failed ' : ''}reverse-i-search)\`${this.#query}': `;
    return { text, style: this.#failed ? 'bad' : 'dim', styledLength: text.length };
  }

  found(): EditBuffer {
    return bufferOf(this.#history.lines[this.#at] ?? textOf(this.origin));
  }

  press(key: Key): SearchOutcome {
    if (key.type !== 'key') return this.#look(this.#query + oneLine(key.text), this.#at);
    if (key.name === 'search') return this.#look(this.#query, this.#at - 1);
    if (key.name === 'backspace') return this.#look(eraseLeft(bufferOf(this.#query)).before, this.#newest());
    if (key.name === 'cancel') return 'cancel';
    return key.name === 'escape' ? 'accept' : 'accept-and-continue';
  }

  #newest(): number {
    return this.#history.lines.length - 1;
  }

  #look(query: string, from: number): SearchOutcome {
    this.#query = query;
    const index = query === '' ? -1 : this.#history.findBack(query, from);
    this.#failed = query !== '' && index < 0;
    if (index >= 0) this.#at = index;
    return 'stay';
  }
}

function oneLine(text: string): string {
  return text.replace(/\p{Cc}/gu, ' ');
}

/** A search from the newest command back. */
export function createHistorySearch(history: History, origin: EditBuffer): HistorySearch {
  return new Search(history, origin);
}
