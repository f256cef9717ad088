/** The line editor of the prompt, with the keys that readline has by default (readline(3), emacs mode). */

import { MAX_EDIT_CHARS } from '../limits.ts';
import { BELL, CSI } from '../style.ts';
import { type Completions, commonStart, listed } from './completions.ts';
import {
  bufferOf,
  type Cut,
  type EditBuffer,
  EMPTY_BUFFER,
  eraseLeft,
  eraseRight,
  insert,
  killToEnd,
  killToStart,
  killWordLeft,
  killWordRight,
  moveEnd,
  moveHome,
  moveLeft,
  moveRight,
  moveWordLeft,
  moveWordRight,
  textOf,
} from './edit-buffer.ts';
import type { History } from './history.ts';
import { createHistorySearch, type HistorySearch } from './history-search.ts';
import type { Key, KeyName } from './keys.ts';
import { createLineView, type LineView, type Prompt, type ViewTerminal } from './line-view.ts';

/** What the editor needs from outside. */
export interface EditorSurroundings extends ViewTerminal {
  readonly prompt: Prompt;
  readonly history: History;
  complete(before: string): Completions;
  /** A line was entered; pasted text may hold several, divided by `\n`. */
  submit(text: string): void;
  /** Ctrl-C: the line was dropped. */
  interrupt(): void;
  /** Ctrl-D on an empty line. */
  endOfFile(): void;
  /** Shows a sentence below the line, which is then drawn again. */
  notice(text: string): void;
}

/** The editor of one terminal's prompt. */
export interface LineEditor {
  /** Shows the prompt with an empty line. */
  begin(): void;
  /** Takes keys that came together, and shows what they made of the line once. */
  press(keys: readonly Key[]): void;
  /** Replaces the line with `command` and enters it; what was there can be yanked back. */
  run(command: string): void;
  /** Draws again, e.g. for a new width. */
  redraw(): void;
}

const EDITS: Partial<Record<KeyName, (buffer: EditBuffer) => EditBuffer>> = {
  backspace: eraseLeft,
  delete: eraseRight,
  left: moveLeft,
  right: moveRight,
  home: moveHome,
  end: moveEnd,
  'word-left': moveWordLeft,
  'word-right': moveWordRight,
};

const KILLS: Partial<Record<KeyName, (buffer: EditBuffer) => Cut>> = {
  'kill-to-end': killToEnd,
  'kill-to-start': killToStart,
  'kill-word-left': killWordLeft,
  'kill-word-right': killWordRight,
};

class Editor implements LineEditor {
  readonly #around: EditorSurroundings;
  readonly #view: LineView;
  #buffer = EMPTY_BUFFER;
  #killed = '';
  /** Kills right after each other, which are yanked as one. */
  #kills = 0;
  /** Position in the history; its length means the line that is being written. */
  #at = 0;
  #draft = '';
  #search: HistorySearch | null = null;
  /** The line has changed since it was drawn. */
  #stale = false;

  constructor(around: EditorSurroundings) {
    this.#around = around;
    this.#view = createLineView(around);
  }

  begin(): void {
    this.#buffer = EMPTY_BUFFER;
    this.#at = this.#around.history.lines.length;
    this.#draft = '';
    this.#search = null;
    this.redraw();
  }

  press(keys: readonly Key[]): void {
    for (const key of keys) this.#press(key);
    if (this.#stale) this.redraw();
  }

  #press(key: Key): void {
    const kills = this.#kills;
    this.#do(key);
    if (this.#kills === kills) this.#kills = 0;
  }

  #do(key: Key): void {
    if (this.#search !== null && this.#searching(this.#search, key)) return;
    if (key.type === 'key') this.#key(key.name);
    else this.#type(key.text, key.type === 'paste');
  }

  run(command: string): void {
    this.#search = null;
    const replaced = textOf(this.#buffer);
    if (replaced !== '') this.#killed = replaced;
    this.#kills = 0;
    this.#show(bufferOf(printable(command).slice(0, MAX_EDIT_CHARS)));
    this.#enter();
  }

  redraw(): void {
    this.#stale = false;
    const prompt = this.#search?.prompt() ?? this.#around.prompt;
    const { before, after } = this.#search?.found() ?? this.#buffer;
    this.#view.draw(prompt, before, after);
  }

  #show(buffer: EditBuffer): void {
    this.#buffer = buffer;
    this.#stale = true;
  }

  #type(text: string, pasted: boolean): void {
    const clean = printable(pasted ? text.replace(/\r\n?/g, '\n') : text);
    const room = MAX_EDIT_CHARS - textOf(this.#buffer).length;
    this.#show(insert(this.#buffer, clean.slice(0, room)));
    if (clean.length > room) this.#notice(`The line holds ${MAX_EDIT_CHARS} characters; the rest was left out.`);
  }

  #notice(text: string): void {
    this.#view.draw(this.#around.prompt, textOf(this.#buffer), '');
    this.#view.leave();
    this.#around.notice(text);
    this.redraw();
  }

  #key(name: KeyName): void {
    const edit = EDITS[name];
    const kill = KILLS[name];
    if (edit !== undefined) this.#show(edit(this.#buffer));
    else if (kill !== undefined) this.#kill(kill(this.#buffer));
    else this.#act(name);
  }

  /** What was cut joins what the kill before has cut, on the side where it stood. */
  #kill({ buffer, cut }: Cut): void {
    if (cut === '') return;
    const joined = this.#kills > 0 ? this.#killed : '';
    this.#killed = buffer.before === this.#buffer.before ? joined + cut : cut + joined;
    this.#kills += 1;
    this.#show(buffer);
  }

  #act(name: KeyName): void {
    if (name === 'enter') this.#enter();
    else if (name === 'interrupt') this.#interrupt();
    else if (name === 'end-of-file') this.#endOfFile();
    else if (name === 'up') this.#recall(this.#at - 1);
    else if (name === 'down') this.#recall(this.#at + 1);
    else if (name === 'yank') this.#type(this.#killed, true);
    else if (name === 'tab') this.#complete();
    else if (name === 'clear') this.#clear();
    else if (name === 'search') this.#beginSearch();
    else if (name === 'unknown') this.#around.write(BELL);
  }

  #enter(): void {
    const text = textOf(this.#buffer);
    this.#leave();
    this.#around.submit(text);
  }

  #leave(): void {
    this.#view.draw(this.#around.prompt, textOf(this.#buffer), '');
    this.#view.leave();
    this.#buffer = EMPTY_BUFFER;
    this.#stale = false;
  }

  #interrupt(): void {
    this.#view.draw(this.#around.prompt, `${textOf(this.#buffer)}^C`, '');
    this.#view.leave();
    this.#buffer = EMPTY_BUFFER;
    this.#around.interrupt();
  }

  #endOfFile(): void {
    if (textOf(this.#buffer) !== '') {
      this.#show(eraseRight(this.#buffer));
      return;
    }
    this.#leave();
    this.#around.endOfFile();
  }

  #recall(to: number): void {
    const { lines } = this.#around.history;
    if (to < 0 || to > lines.length) {
      this.#around.write(BELL);
      return;
    }
    if (this.#at === lines.length) this.#draft = textOf(this.#buffer);
    this.#at = to;
    this.#show(bufferOf(lines[to] ?? this.#draft));
  }

  #clear(): void {
    this.#around.write(`${CSI}H${CSI}2J`);
    this.#view.forget();
    this.redraw();
  }

  #complete(): void {
    const { replaces, candidates } = this.#around.complete(this.#buffer.before);
    const [only] = candidates;
    if (only === undefined) {
      this.#around.write(BELL);
      return;
    }
    const typed = this.#buffer.before.slice(this.#buffer.before.length - replaces);
    const common = commonStart(candidates.map((candidate) => candidate.text));
    if (candidates.length === 1) this.#replace(replaces, only.text + (only.whole ? ' ' : ''));
    else if (common.length > typed.length) this.#replace(replaces, common);
    else this.#notice(candidates.map(listed).join('\n'));
  }

  #replace(units: number, text: string): void {
    const { before, after } = this.#buffer;
    const rest = text.endsWith(' ') && after.startsWith(' ') ? after.slice(1) : after;
    this.#show({ before: before.slice(0, before.length - units) + text, after: rest });
  }

  #beginSearch(): void {
    this.#search = createHistorySearch(this.#around.history, this.#buffer);
    this.redraw();
  }

  /** Whether the search used the key; another key takes what was found and is then handled as usual. */
  #searching(search: HistorySearch, key: Key): boolean {
    const outcome = search.press(key);
    if (outcome !== 'stay') {
      this.#search = null;
      this.#buffer = outcome === 'cancel' ? search.origin : search.found();
    }
    this.#stale = true;
    return outcome !== 'accept-and-continue';
  }
}

/** Pasted or typed text without control characters; line breaks stay, tabs become a space. */
function printable(text: string): string {
  return text.replace(/\t/g, ' ').replace(/(?!\n)\p{Cc}/gu, '');
}

/** An editor that has not shown its prompt yet. */
export function createLineEditor(around: EditorSurroundings): LineEditor {
  return new Editor(around);
}
