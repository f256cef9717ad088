/**
 * What a terminal would act on instead of showing it: control characters (C0, DEL, C1), line and paragraph separators,
 * and the characters that turn the writing direction.
 */
const ACTS_ON_TERMINAL = /[\p{Cc}\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]/u;
const ALL_ACTING = new RegExp(ACTS_ON_TERMINAL, 'gu');

/** `text` with every such character made visible: ESC is `^[`, U+202E is `<U+202E>`. A tab becomes a space. */
export function visible(text: string): string {
  return ACTS_ON_TERMINAL.test(text) ? text.replace(ALL_ACTING, shown) : text;
}

function shown(character: string): string {
  const code = character.charCodeAt(0);
  if (character === '\t') return ' ';
  // Caret notation flips bit 6: 0x1b is `^[`, 0x7f is `^?`.
  if (code < 0x20 || code === 0x7f) return `^${String.fromCharCode(code ^ 0x40)}`;
  return `<U+${code.toString(16).toUpperCase().padStart(4, '0')}>`;
}
