/**
 * Text with control characters shown as their pictures (U+2400 to U+2421): an escape sequence does nothing on a page, and
 * is to be seen. Line breaks and tabs stay.
 */
export function visible(text: string): string {
  return text.replace(/\p{Cc}/gu, (character) => {
    const code = character.charCodeAt(0);
    if (character === '\n' || character === '\t') return character;
    if (code < 0x20) return String.fromCharCode(0x2400 + code);
    return code === 0x7f ? '\u2421' : '\ufffd';
  });
}
