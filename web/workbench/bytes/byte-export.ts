/** Octets as text that can be pasted elsewhere. */

/** How octets are copied. */
export type CopyFormat = 'text' | 'hex' | 'c';

const BYTES_PER_C_LINE = 12;
const BYTES_PER_HEX_LINE = 16;
const hex2 = (byte: number): string => byte.toString(16).padStart(2, '0');

function* lines(bytes: Uint8Array, perLine: number): Generator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += perLine) yield bytes.subarray(at, at + perLine);
}

/** Text as it is, read as UTF-8; octets that are no UTF-8 become U+FFFD. A leading byte order mark is kept. */
export function asText(bytes: Uint8Array): string {
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
}

/** Hex pairs, sixteen a line: what `xxd -r -p` reads. */
export function asHex(bytes: Uint8Array): string {
  return [...lines(bytes, BYTES_PER_HEX_LINE)].map((line) => Array.from(line, hex2).join(' ')).join('\n');
}

/** A C array. C knows none without elements, so no octets become a comment. */
export function asCArray(bytes: Uint8Array, name = 'octets'): string {
  if (bytes.length === 0) return `/* ${name}: no octets */\n`;
  const rows = [...lines(bytes, BYTES_PER_C_LINE)].map(
    (line) => `  ${Array.from(line, (byte) => `0x${hex2(byte)}`).join(', ')},`,
  );
  return `static const unsigned char ${name}[${bytes.length}] = {\n${rows.join('\n')}\n};\n`;
}

/** Octets in the asked format. */
export function exportBytes(bytes: Uint8Array, format: CopyFormat): string {
  switch (format) {
    case 'text':
      return asText(bytes);
    case 'hex':
      return asHex(bytes);
    case 'c':
      return asCArray(bytes);
    default:
      return format satisfies never;
  }
}

/** The pieces one after the other. */
export function concatBytes(pieces: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    all.set(piece, at);
    at += piece.length;
  }
  return all;
}
