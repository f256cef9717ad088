import { describe, expect, it } from 'vitest';
import { GLOSSARY } from '#lessons/glossary.ts';
import { withSources } from './sources.ts';

describe('sources in a text', () => {
  it('become links, with their sections', () => {
    expect(withSources('Until its own FIN (RFC 9293 §3.6), and RFC 862.')).toEqual([
      { text: 'Until its own FIN (', href: null },
      { text: 'RFC 9293 §3.6', href: 'https://www.rfc-editor.org/rfc/rfc9293#section-3.6' },
      { text: '), and ', href: null },
      { text: 'RFC 862', href: 'https://www.rfc-editor.org/rfc/rfc862' },
      { text: '.', href: null },
    ]);
  });

  it.each(['', 'no source', 'RFC 768', 'RFC and §3'])('take nothing from “%s”', (text) => {
    expect(
      withSources(text)
        .map((piece) => piece.text)
        .join(''),
    ).toBe(text);
  });

  it('are found in every language of the glossary alike', () => {
    for (const entry of Object.values(GLOSSARY)) {
      const hrefs = (text: string) => withSources(text).flatMap(({ href }) => href ?? []);
      expect(hrefs(entry['zh-CN'].meaning)).toEqual(hrefs(entry.en.meaning));
    }
  });
});
