import type { Command } from '../command.ts';
import { ProgramError } from '../errors.ts';
import { unescaped } from '../escapes.ts';

/** A conversion: flags, width, precision, and the letter. */
const CONVERSION = /%(?:(%)|([-+ 0#]*)(\d{0,3})(?:\.(\d{0,3}))?([sbcdiouxX]))/gu;
const RADIX: Readonly<Record<string, number>> = { d: 10, i: 10, u: 10, o: 8, x: 16, X: 16 };

/** One run over the format with words from `words`; `used` says how many it took. */
interface Formatted {
  readonly octets: Uint8Array;
  readonly used: number;
  readonly ended: boolean;
}

function pad(octets: Uint8Array, flags: string, width: number): Uint8Array {
  const missing = Math.max(0, width - octets.length);
  if (flags.includes('-')) return Buffer.concat([octets, Buffer.alloc(missing, ' ')]);
  return Buffer.concat([Buffer.alloc(missing, flags.includes('0') ? '0' : ' '), octets]);
}

function numberText(word: string, letter: string): string {
  const quoted = /^['"](.)/su.exec(word)?.[1];
  const value = quoted === undefined ? Number(word === '' ? '0' : word) : (quoted.codePointAt(0) ?? 0);
  if (!Number.isSafeInteger(value)) throw new ProgramError(`${word}: not a whole number`);
  const text = value.toString(RADIX[letter] ?? 10);
  return letter === 'X' ? text.toUpperCase() : text;
}

function convert(word: string, letter: string, precision: string | undefined): { octets: Uint8Array; ended: boolean } {
  if (letter === 'b') return unescaped(word);
  if (letter === 'c') return { octets: Buffer.from(Array.from(word)[0] ?? '', 'utf8'), ended: false };
  const octets = Buffer.from(letter === 's' ? word : numberText(word, letter), 'utf8');
  const cut = letter === 's' && precision !== undefined ? octets.subarray(0, Number(precision)) : octets;
  return { octets: cut, ended: false };
}

function format(text: string, words: readonly string[]): Formatted {
  const pieces: Uint8Array[] = [];
  let at = 0;
  let used = 0;
  for (const match of text.matchAll(CONVERSION)) {
    const [all, percent, flags = '', width = '', precision, letter = 's'] = match;
    const before = unescaped(text.slice(at, match.index));
    pieces.push(before.octets);
    if (before.ended) return { octets: Buffer.concat(pieces), used, ended: true };
    at = match.index + all.length;
    if (percent !== undefined) {
      pieces.push(Buffer.from('%'));
      continue;
    }
    const { octets, ended } = convert(words[used] ?? '', letter, precision);
    used += 1;
    pieces.push(pad(octets, flags, Number(width)));
    if (ended) return { octets: Buffer.concat(pieces), used, ended };
  }
  const rest = unescaped(text.slice(at));
  return { octets: Buffer.concat([...pieces, rest.octets]), used, ended: rest.ended };
}

/** `printf format [word…]`: the format is used again while words are left. */
export const printf: Command = {
  name: 'printf',
  summary: 'print exact octets, or hand them to nc through a pipe',
  usage: `Usage: printf FORMAT [WORD...]
Escapes: \\n \\r \\t \\\\ \\xHH \\OOO \\uHHHH; conversions: %s %b %c %d %i %u %o %x %X %%`,
  manual: `NAME
    printf - print exactly what a format says

SYNOPSIS
    printf format [word...]

DESCRIPTION
    Prints format, with escapes and conversions replaced, and nothing else: no
    line feed is added. It is the way to send exact octets:

    \\n \\r \\t \\\\ \\a \\b \\e \\f \\v   control characters
    \\xHH                         the octet with that hexadecimal value
    \\OOO                         the octet with that octal value
    \\uHHHH                       the UTF-8 octets of that code point
    \\c                           stop here
    %s %b %c                     a word, with escapes replaced, one character
    %d %i %u %o %x %X            a number
    %%                           a percent sign

    While words are left, the format is used again.

EXAMPLES
    printf 'GET / HTTP/1.0\\r\\n\\r\\n' | nc localhost 7070
    printf '\\xe4\\xbd' | nc -N localhost 7007      half a character

WHAT DIFFERS FROM THE REAL ONE
    No %e, %f, %g, %q and no * width. On the screen, control characters are
    made visible; through a pipe they go as they are.`,
  run({ args: [text, ...words], output }) {
    if (text === undefined) throw new ProgramError('usage: printf FORMAT [WORD...]', 2);
    const out = output.octets();
    let rest: readonly string[] = words;
    do {
      const { octets, used, ended } = format(text, rest);
      out.write(octets);
      rest = used === 0 || ended ? [] : rest.slice(used);
    } while (rest.length > 0);
    out.end();
    return 0;
  },
};
