import type { ITheme } from '@xterm/xterm';

/** Reads one design token of the page. */
export type ReadToken = (name: string) => string;

/** The terminal's colours, from the page's tokens: the shell prints what was sent in bright red, what was received in bright cyan. */
export function terminalTheme(read: ReadToken): ITheme {
  const token = (name: string) => read(name).trim();
  return {
    background: token('--surface-well'),
    foreground: token('--text'),
    cursor: token('--attention'),
    cursorAccent: token('--surface-well'),
    selectionBackground: token('--selection'),
    black: token('--surface-well'),
    red: token('--bad'),
    green: token('--good'),
    yellow: token('--attention'),
    blue: token('--info'),
    magenta: token('--bad'),
    cyan: token('--received'),
    white: token('--text'),
    brightBlack: token('--text-dim'),
    brightRed: token('--sent'),
    brightGreen: token('--good'),
    brightYellow: token('--attention'),
    brightBlue: token('--info'),
    brightMagenta: token('--bad'),
    brightCyan: token('--received'),
    brightWhite: token('--text'),
  };
}

/** Reads tokens of the document as they are now. */
export const documentToken: ReadToken = (name) => getComputedStyle(document.documentElement).getPropertyValue(name);

/** Calls `changed` whenever the page's theme has; answers what ends that. */
export function watchTheme(changed: () => void): () => void {
  const observer = new MutationObserver(changed);
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] });
  return () => observer.disconnect();
}
