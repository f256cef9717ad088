import { FitAddon } from '@xterm/addon-fit';
import { Terminal } from '@xterm/xterm';
import { cellUnicode } from '#protocol/columns.ts';
import { keyUse } from './keys.ts';
import { ScreenWriter } from './screen-writer.ts';
import type { TerminalSession } from './terminal-session.ts';
import { documentToken, terminalTheme, watchTheme } from './theme.ts';

/** Lines above the screen that can be scrolled back to. */
const SCROLLBACK_LINES = 5_000;

const ESCAPE = '\u001b';
const FONT_SIZE_PX = 13;
const LINE_HEIGHT = 1.25;
/** WCAG AA for text: what a program colours stays readable in both themes. */
const MIN_CONTRAST = 4.5;

/** What a screen is told about its surroundings. */
export interface ScreenOptions {
  readonly session: TerminalSession;
  /** The keys for copying were pressed. */
  readonly copy: () => void;
  readonly screenReaderMode: boolean;
  /** What a screen reader says where there is too much output to read out. */
  readonly tooMuchOutput: string;
}

/** One xterm on the page. */
export interface Screen {
  readonly terminal: Terminal;
  /** Takes it off the page; the session lives on. */
  dispose(): void;
}

/** Puts a terminal into `parent`, fitted to it, and connects it with its session. */
export function mountScreen(
  parent: HTMLElement,
  { session, copy, screenReaderMode, tooMuchOutput }: ScreenOptions,
): Screen {
  Terminal.strings.tooMuchOutput = tooMuchOutput;
  const terminal = new Terminal({
    fontFamily: documentToken('--font-mono'),
    fontSize: FONT_SIZE_PX,
    lineHeight: LINE_HEIGHT,
    scrollback: SCROLLBACK_LINES,
    minimumContrastRatio: MIN_CONTRAST,
    cursorBlink: false,
    theme: terminalTheme(documentToken),
    screenReaderMode,
    // For `unicode`.
    allowProposedApi: true,
  });
  terminal.unicode.register(cellUnicode);
  terminal.unicode.activeVersion = cellUnicode.version;
  const fit = new FitAddon();
  terminal.loadAddon(fit);
  terminal.attachCustomKeyEventHandler((event) => beforeTerminal(event, copy));
  terminal.open(parent);
  const stopFitting = fitting(parent, fit);
  const stopTheme = watchTheme(() => {
    terminal.options.theme = terminalTheme(documentToken);
  });
  const detach = connect(terminal, session);
  return {
    terminal,
    dispose() {
      detach();
      stopTheme();
      stopFitting();
      terminal.dispose();
    },
  };
}

/** What a key does before xterm sees it: `false` keeps it from the terminal. */
function beforeTerminal(event: KeyboardEvent, copy: () => void): boolean {
  const use = keyUse(event);
  if (use === 'terminal') return true;
  if (use === 'copy') {
    event.preventDefault();
    if (event.type === 'keydown') copy();
  }
  // Leaving and pasting are what the browser does by itself when nobody stops it.
  return false;
}

function fitting(parent: HTMLElement, fit: FitAddon): () => void {
  // A hidden panel has no size: the terminal keeps the one it had.
  const observer = new ResizeObserver(() => {
    if (parent.clientWidth > 0 && parent.clientHeight > 0) fit.fit();
  });
  observer.observe(parent);
  if (parent.clientWidth > 0) fit.fit();
  return () => observer.disconnect();
}

function connect(terminal: Terminal, session: TerminalSession): () => void {
  const writer = new ScreenWriter(
    (text, done) => terminal.write(text, done),
    (chars) => `\r\n\u001b[33m[… ${chars} …]\u001b[0m\r\n`,
  );
  session.resize(terminal.cols, terminal.rows);
  const detach = session.attach({ write: (text) => writer.write(text), reset: () => terminal.reset() });
  // Once the replay is through: what xterm answers to replayed output must not reach the shell a second time.
  let live = false;
  terminal.write('', () => {
    live = true;
  });
  terminal.onData((data) => {
    // Answers are escape sequences; text is somebody who types already.
    if (live || !data.startsWith(ESCAPE)) session.input(data);
  });
  terminal.onResize(({ cols, rows }) => session.resize(cols, rows));
  return detach;
}
