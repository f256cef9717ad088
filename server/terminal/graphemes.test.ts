import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { columnsOf } from '#protocol/columns.ts';
import { graphemesOf, textColumns } from './graphemes.ts';
import { createScreen } from './testing/screen.ts';

/** Letters, ideographs, syllables, emoji and what joins, styles and colours them, in any order. */
const text = fc
  .array(
    fc.constantFrom(
      ...'aé½→★你한ｱＡ。𠀀😀👩👧❤1#각가각กक',
      ...['\u0301', '\u20e3', '\u0e31', '\u093f', '\u200d', '\ufe0f', '\ufe0e', '🏽', '🇨', '🇳', '👩\u200d👩\u200d👧'],
    ),
    { minLength: 1, maxLength: 30 },
  )
  .map((pieces) => `|${pieces.join('')}`);

describe('columns of text', () => {
  it.each([
    ['a', 1],
    ['é', 1],
    ['e\u0301', 1],
    ['你', 2],
    ['한', 2],
    ['\u1112\u1161\u11ab', 2],
    ['क', 1],
    ['\u0915\u093f', 2],
    ['ｱ', 1],
    ['Ａ', 2],
    ['。', 2],
    ['😀', 2],
    ['👩‍👩‍👧', 2],
    ['🇨🇳', 2],
    ['🇨', 2],
    ['👍🏽', 2],
    ['🏽', 2],
    ['🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}', 2],
    ['❤️', 2],
    ['❤', 1],
    ['1️⃣', 2],
    ['\u200b', 1],
    ['𠀀', 2],
  ])('%s takes %i', (text, columns) => {
    expect(graphemesOf(text)).toHaveLength(1);
    expect(columnsOf(text)).toBe(columns);
  });

  it('are what xterm.js counts, whatever is typed after whatever, code point by code point', async () => {
    await fc.assert(
      fc.asyncProperty(text, async (typed) => {
        const screen = createScreen(400);
        let shown = '';
        for (const character of typed) {
          screen.write(character);
          shown += character;
          expect([shown, (await screen.cursor()).column]).toEqual([shown, textColumns(shown)]);
        }
        screen.dispose();
      }),
      { numRuns: 30 },
    );
  });
});

describe('graphemes', () => {
  it('are those of UAX #29, as Intl.Segmenter has them', () => {
    const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' });
    fc.assert(
      fc.property(text, (typed) => {
        expect(graphemesOf(typed)).toEqual(Array.from(segmenter.segment(typed), (part) => part.segment));
      }),
    );
  });

  it('do not hang on a blank, so that a mark after a prompt stands by itself', () => {
    expect(graphemesOf(' \u0301\u0302')).toEqual([' ', '\u0301\u0302']);
    expect(columnsOf('\u0301\u0302')).toBe(1);
  });
});
