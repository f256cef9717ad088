import { describe, expect, it } from 'vitest';
import { columnsOf, graphemesOf, textColumns } from './graphemes.ts';
import { createScreen } from './testing/screen.ts';

describe('columns of text', () => {
  it.each([
    ['a', 1],
    ['é', 1],
    ['e\u0301', 1],
    ['你', 2],
    ['한', 2],
    ['ｱ', 1],
    ['Ａ', 2],
    ['。', 2],
    ['😀', 2],
    ['👩‍👩‍👧', 2],
    ['🇨🇳', 2],
    ['👍🏽', 2],
    ['❤️', 2],
    ['❤', 1],
    ['1️⃣', 2],
    ['\u200b', 0],
    ['𠀀', 2],
  ])('%s takes %i', (text, columns) => {
    expect(graphemesOf(text)).toHaveLength(1);
    expect(columnsOf(text)).toBe(columns);
  });

  it('agree with xterm.js for letters, ideographs and punctuation', async () => {
    const screen = createScreen(200);
    const samples = [...'Grüße, мир! שלום العالم ไทย 日本語カタカナ 한국어 中文，标点。「」 ＡＢ ﾊﾝ ½ → ★ ─│┌ ∑ ﬁ'];
    for (const sample of samples) {
      screen.write(`\r${sample}`);
      expect([sample, (await screen.cursor()).column]).toEqual([sample, textColumns(sample)]);
    }
    screen.dispose();
  });
});
