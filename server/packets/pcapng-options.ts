/** Options of pcapng blocks: draft-ietf-opsawg-pcapng §3.5. */
import { NumberReader } from './byte-order.ts';
import { MAX_TEXT_BYTES } from './capture-file.ts';
import { decodeUtf8 } from './utf8.ts';

/** One option: its code, and where its value lies in the buffer. */
export interface BlockOption {
  readonly code: number;
  readonly at: number;
  readonly length: number;
}

/** Options read of one block. */
const MAX_OPTIONS = 64;

/** The options between `at` and `end`; what is not well formed ends the list. */
export function readOptions(bytes: Uint8Array, at: number, end: number, littleEndian: boolean): BlockOption[] {
  const numbers = new NumberReader(bytes, littleEndian);
  const options: BlockOption[] = [];
  let next = at;
  while (next + 4 <= end && options.length < MAX_OPTIONS) {
    const code = numbers.u16(next);
    const length = numbers.u16(next + 2);
    if (code === 0 || next + 4 + length > end) break;
    options.push({ code, at: next + 4, length });
    next += 4 + ((length + 3) & ~3);
  }
  return options;
}

/** The text of an option, cut to MAX_TEXT_BYTES; what is no UTF-8 is replaced. */
export function optionText(bytes: Uint8Array, { at, length }: BlockOption): string {
  return decodeUtf8(bytes.subarray(at, at + Math.min(length, MAX_TEXT_BYTES))).replace(/\0+$/, '');
}
