/**
 * Styles of the terminal's text, as SGR numbers of ECMA-48 §8.3.117 out of the sixteen palette colours,
 * so that the page's theme decides what they look like.
 */
const SGR = {
  /** Brass: the prompt. */
  prompt: [33, 39],
  /** Coral: what goes from the learner to a peer. */
  sent: [91, 39],
  /** Sea green: what came from a peer. */
  received: [96, 39],
  good: [32, 39],
  bad: [31, 39],
  bold: [1, 22],
  /** Bright black: half-intensity (SGR 2) is too faint to read on a light page. */
  dim: [90, 39],
  /** A control or hidden character that has been made visible. */
  visible: [7, 27],
} as const;

/** A style by its name. */
export type Style = keyof typeof SGR;

const ESCAPE = String.fromCharCode(27);

/** Control Sequence Introducer. */
export const CSI = `${ESCAPE}[`;

/** `text` in `style`, with the default restored after it. Empty text stays empty. */
export function styled(style: Style, text: string): string {
  if (text === '') return '';
  const [on, off] = SGR[style];
  return `${CSI}${on}m${text}${CSI}${off}m`;
}

/** Rings the bell. */
export const BELL = String.fromCharCode(7);
