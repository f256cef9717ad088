import { type CellKind, cellsOf, type Utf8Cell } from './bytes/utf8-cells.ts';

/** Characters of a payload preview in the ladder. */
const MAX_PREVIEW_CHARS = 48;

const ESCAPES: Readonly<Record<number, string>> = { 10: '\\n', 13: '\\r', 9: '\\t', 92: '\\\\' };

const hex2 = (byte: number): string => byte.toString(16).padStart(2, '0');

/** Format characters, separators and the like are spelled, so that a payload cannot disturb the text around it. */
const SPELLED = /[\p{C}\p{Zl}\p{Zp}]/u;

function escapeCell(cell: Utf8Cell, byte: number): string {
  const known: readonly CellKind[] = ['printable', 'control', 'wide'];
  if (!known.includes(cell.kind) || cell.codePoint === null) return `\\x${hex2(byte)}`;
  const escaped = ESCAPES[cell.codePoint];
  if (escaped !== undefined) return escaped;
  if (cell.kind === 'control') return `\\x${hex2(byte)}`;
  const text = String.fromCodePoint(cell.codePoint);
  return SPELLED.test(text) ? `\\u{${cell.codePoint.toString(16)}}` : text;
}

/**
 * Octets as one line of text, escaped as in a C string: `hello\r\n`, `\xff\xf4`. Octets that are no UTF-8 keep their
 * value. At most `maxChars` characters, then `…`.
 */
export function payloadText(bytes: Uint8Array, more = false, maxChars = MAX_PREVIEW_CHARS): string {
  const head = bytes.subarray(0, maxChars * 4);
  const cells = cellsOf(head, { before: new Uint8Array(0), after: null });
  const parts: string[] = [];
  let length = 0;
  for (const [i, cell] of cells.entries()) {
    if (cell.kind === 'wide' && cell.part > 0) continue;
    const part = escapeCell(cell, head[i] ?? 0);
    length += part.length;
    if (length > maxChars) return `${parts.join('')}…`;
    parts.push(part);
  }
  return parts.join('') + (more || head.length < bytes.length ? '…' : '');
}
