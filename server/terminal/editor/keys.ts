/** Reads what xterm sends for keys and pastes (ECMA-48 §5.4, xterm "ctlseqs"). */
import { MAX_KEY_SEQUENCE_CHARS } from '../limits.ts';

/** Keys that mean something to the line editor. */
export type KeyName =
  | 'enter'
  | 'tab'
  | 'backspace'
  | 'delete'
  | 'up'
  | 'down'
  | 'left'
  | 'right'
  | 'home'
  | 'end'
  | 'word-left'
  | 'word-right'
  | 'kill-to-end'
  | 'kill-to-start'
  | 'kill-word-left'
  | 'kill-word-right'
  | 'yank'
  | 'clear'
  | 'search'
  | 'interrupt'
  | 'end-of-file'
  | 'escape'
  | 'cancel'
  | 'unknown';

/** One thing a person did: typed text, pasted text, or pressed a key that is not text. */
export type Key =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'paste'; readonly text: string }
  | { readonly type: 'key'; readonly name: KeyName };

/** Accepts input in any pieces. A lone ESC at the end of a piece is the Escape key: xterm sends a key whole. */
export interface KeyReader {
  push(input: string): Key[];
}

const CONTROLS: Readonly<Record<number, KeyName>> = {
  1: 'home',
  2: 'left',
  3: 'interrupt',
  4: 'end-of-file',
  5: 'end',
  6: 'right',
  7: 'cancel',
  8: 'backspace',
  9: 'tab',
  10: 'enter',
  11: 'kill-to-end',
  12: 'clear',
  13: 'enter',
  14: 'down',
  16: 'up',
  18: 'search',
  21: 'kill-to-start',
  23: 'kill-word-left',
  25: 'yank',
  127: 'backspace',
};

const SEQUENCES: Readonly<Record<string, KeyName>> = {
  '[A': 'up',
  '[B': 'down',
  '[C': 'right',
  '[D': 'left',
  '[F': 'end',
  '[H': 'home',
  '[1~': 'home',
  '[3~': 'delete',
  '[4~': 'end',
  '[7~': 'home',
  '[8~': 'end',
  '[1;5C': 'word-right',
  '[1;5D': 'word-left',
  '[1;3C': 'word-right',
  '[1;3D': 'word-left',
  '[3;5~': 'kill-word-right',
  OA: 'up',
  OB: 'down',
  OC: 'right',
  OD: 'left',
  OF: 'end',
  OH: 'home',
  b: 'word-left',
  f: 'word-right',
  d: 'kill-word-right',
  '\u007f': 'kill-word-left',
  '\u0008': 'kill-word-left',
};

const PASTE_BEGINS = '[200~';
const PASTE_ENDS = '\u001b[201~';
const ESCAPE = '\u001b';

class Reader implements KeyReader {
  #state: 'text' | 'sequence' | 'paste' = 'text';
  #held = '';

  push(input: string): Key[] {
    const keys: Key[] = [];
    let rest = input;
    while (rest !== '') {
      if (this.#state === 'paste') rest = this.#paste(rest, keys);
      else if (this.#state === 'sequence') rest = this.#sequence(rest, keys);
      else rest = this.#text(rest, keys);
    }
    if (this.#state === 'sequence' && this.#held === '') this.#finish('escape', keys);
    return keys;
  }

  #text(input: string, keys: Key[]): string {
    const [text = ''] = /^[^\p{Cc}]*/u.exec(input) ?? [];
    if (text !== '') keys.push({ type: 'text', text });
    const control = input.slice(text.length, text.length + 1);
    if (control === ESCAPE) this.#state = 'sequence';
    else if (control !== '') keys.push({ type: 'key', name: CONTROLS[control.charCodeAt(0)] ?? 'unknown' });
    return input.slice(text.length + 1);
  }

  #sequence(input: string, keys: Key[]): string {
    const character = input.slice(0, 1);
    if (this.#held !== '' && /\p{Cc}/u.test(character)) {
      // A control does not belong into a sequence: what was begun is given up, and it does what it does.
      this.#finish('unknown', keys);
      return input;
    }
    this.#held += character;
    if (this.#held === PASTE_BEGINS) {
      this.#held = '';
      this.#state = 'paste';
    } else if (isComplete(this.#held) || this.#held.length >= MAX_KEY_SEQUENCE_CHARS) {
      this.#finish(SEQUENCES[this.#held] ?? 'unknown', keys);
    }
    return input.slice(1);
  }

  #finish(name: KeyName, keys: Key[]): void {
    keys.push({ type: 'key', name });
    this.#held = '';
    this.#state = 'text';
  }

  /** Hands over what was pasted so far; the end mark may come cut in two. */
  #paste(input: string, keys: Key[]): string {
    const all = this.#held + input;
    const end = all.indexOf(PASTE_ENDS);
    const cut = end >= 0 ? end : all.length - partialEnd(all);
    if (cut > 0) keys.push({ type: 'paste', text: all.slice(0, cut) });
    this.#held = end >= 0 ? '' : all.slice(cut);
    if (end < 0) return '';
    this.#state = 'text';
    return all.slice(end + PASTE_ENDS.length);
  }
}

/** Whether what came after ESC is a whole sequence: `[` parameters final, `O` final, or one character. */
function isComplete(held: string): boolean {
  if (held === '[' || held === 'O') return false;
  return held.startsWith('[') ? /[@-~]$/.test(held) : true;
}

/** Length of the end of `text` that may be the beginning of the end mark. */
function partialEnd(text: string): number {
  for (let length = PASTE_ENDS.length - 1; length > 0; length -= 1) {
    if (text.endsWith(PASTE_ENDS.slice(0, length))) return length;
  }
  return 0;
}

/** A reader of the keys of one terminal. */
export function createKeyReader(): KeyReader {
  return new Reader();
}
