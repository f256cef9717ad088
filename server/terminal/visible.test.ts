import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CSI } from './style.ts';
import { createVisibleText, visible } from './visible.ts';

const ON = `${CSI}7m`;
const OFF = `${CSI}27m`;

function show(...pieces: (string | Uint8Array)[]): string {
  const text = createVisibleText();
  const shown = pieces.map((piece) => text.push(typeof piece === 'string' ? Buffer.from(piece, 'utf8') : piece));
  return shown.join('') + text.end();
}

/** Output with our own marks taken off: `⟦^[⟧`. */
function marked(text: string): string {
  return text.replaceAll(ON, '⟦').replaceAll(OFF, '⟧');
}

/** `octets` cut at `cuts`. */
function cut(octets: Uint8Array, cuts: readonly number[]): Uint8Array[] {
  const places = [...new Set(cuts.map((at) => at % (octets.length + 1)))].sort((one, other) => one - other);
  return [0, ...places].map((from, index) => octets.subarray(from, places[index] ?? octets.length));
}

/** Octets as an attacker or an accident sends them: plain text, escapes, broken UTF-8, any Unicode. */
const anyOctets = fc
  .array(
    fc.oneof(
      fc.uint8Array({ maxLength: 12 }),
      fc.string({ unit: 'binary', maxLength: 8 }).map((text) => Buffer.from(text, 'utf8')),
      fc
        .constantFrom(
          '\u001b[31m',
          '\u001b]0;title\u0007',
          '\u009b2J',
          '\r\n',
          '\r',
          '\r\r\n',
          '\n',
          '\u202e',
          '👩‍👩‍👧',
          'e\u0301',
        )
        .map((text) => Buffer.from(text, 'utf8')),
      fc.constantFrom(Uint8Array.of(0x9b, 0x41), Uint8Array.of(0xc2), Uint8Array.of(0x1b), Uint8Array.of(0xe4, 0xbd)),
    ),
    { maxLength: 12 },
  )
  .map((pieces) => new Uint8Array(Buffer.concat(pieces)));

describe('text from the network', () => {
  it('shows plain text, tabs and line ends as they are', () => {
    expect(show('a\tb\nc\r\nd 你好 é 😀')).toBe('a\tb\r\nc\r\nd 你好 é 😀');
  });

  it('shows controls in caret notation', () => {
    expect(marked(show('\u001b[31m\u0000\u0007\u007f'))).toBe('⟦^[⟧[31m⟦^@⟧⟦^G⟧⟦^?⟧');
  });

  it('shows a lone carriage return, and lets one before a line feed pass, also when they come apart', () => {
    expect(marked(show('a\rb'))).toBe('a⟦^M⟧b');
    expect(marked(show('a\r', '\nb'))).toBe('a\r\nb');
    expect(marked(show('a\r', '\r\n'))).toBe('a⟦^M⟧\r\n');
    expect(marked(show('a\r'))).toBe('a⟦^M⟧');
  });

  it('shows octets that are not UTF-8 in hexadecimal', () => {
    expect(marked(show(Uint8Array.of(0xff, 0x41, 0xe4, 0xbd, 0x42, 0xc0, 0x80)))).toBe(
      '⟦\\xff⟧A⟦\\xe4⟧⟦\\xbd⟧B⟦\\xc0⟧⟦\\x80⟧',
    );
  });

  it('refuses surrogates and what is beyond Unicode', () => {
    expect(marked(show(Uint8Array.of(0xed, 0xa0, 0x80)))).toBe('⟦\\xed⟧⟦\\xa0⟧⟦\\x80⟧');
    expect(marked(show(Uint8Array.of(0xf4, 0x90, 0x80, 0x80)))).toBe('⟦\\xf4⟧⟦\\x90⟧⟦\\x80⟧⟦\\x80⟧');
  });

  it('shows a character only when its last octet has come', () => {
    const text = createVisibleText();
    expect(text.push(Uint8Array.of(0xe4))).toBe('');
    expect(text.push(Uint8Array.of(0xbd))).toBe('');
    expect(text.push(Uint8Array.of(0xa0))).toBe('你');
  });

  it('names what would hide or turn text around', () => {
    expect(marked(show('\u202eabc\u2066\u200b\u2028\ufeff\u009b\ue000'))).toBe(
      '⟦<U+202E>⟧abc⟦<U+2066>⟧⟦<U+200B>⟧⟦<U+2028>⟧⟦<U+FEFF>⟧⟦<U+009B>⟧⟦<U+E000>⟧',
    );
  });

  it('leaves emoji families whole, and shows a joiner that joins nothing', () => {
    expect(show('👩‍👩‍👧 ❤️')).toBe('👩‍👩‍👧 ❤️');
    expect(marked(show('a\u200db'))).toBe('a⟦<U+200D>⟧b');
  });

  it('bounds marks piled on one character', () => {
    const shown = marked(show(`a${'\u0301'.repeat(20)}`));
    expect(shown).toBe(`a${'\u0301'.repeat(16)}${'⟦<U+0301>⟧'.repeat(4)}`);
  });

  it('gives the same however the octets are cut', () => {
    fc.assert(
      fc.property(anyOctets, fc.array(fc.nat(), { maxLength: 8 }), (octets, cuts) => {
        expect(show(...cut(octets, cuts))).toBe(show(octets));
      }),
    );
  });

  it('lets no escape, no C1 introducer and no lone carriage return through, whatever comes', () => {
    fc.assert(
      fc.property(anyOctets, fc.array(fc.nat(), { maxLength: 8 }), (octets, cuts) => {
        const unmarked = show(...cut(octets, cuts))
          .replaceAll(ON, '')
          .replaceAll(OFF, '');
        expect(unmarked.replaceAll('\r\n', '').replaceAll('\t', '')).not.toMatch(/[\p{Cc}\p{Bidi_Control}]/u);
      }),
    );
  });

  it('marks only what came, so that a peer cannot fake a mark', () => {
    expect(show(`${ON}x`)).toBe(`${ON}^[${OFF}[7mx`);
  });

  it('agrees with the standard decoder wherever the octets are UTF-8', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 40 }), (text) => {
        expect(show(Buffer.from(text, 'utf8'))).toBe(visible(text));
      }),
    );
  });
});
