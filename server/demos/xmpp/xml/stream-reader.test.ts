import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { octetByOctet, readStream } from '../testing/read-stream.ts';
import { MAX_ATTRIBUTES, MAX_DEPTH, MAX_ELEMENTS } from './limits.ts';

const HEADER = "<stream:stream to='localhost' xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams'>";

/** Reads it whole, octet by octet, and cut at each place; all must bring the same. */
function read(text: string | Uint8Array, maxStanzaBytes?: number): string[] {
  const bytes = typeof text === 'string' ? Buffer.from(text) : Buffer.from(text);
  const whole = readStream([bytes], maxStanzaBytes);
  expect(readStream(octetByOctet(bytes), maxStanzaBytes)).toEqual(whole);
  if (bytes.length <= 2_000) {
    for (let at = 1; at < bytes.length; at += 1) {
      expect(readStream([bytes.subarray(0, at), bytes.subarray(at)], maxStanzaBytes), `cut at ${at}`).toEqual(whole);
    }
  }
  return whole;
}

describe('a stream', () => {
  it('is a header, stanzas and an end, however it is cut', () => {
    expect(
      read(
        `<?xml version='1.0'?>\n${HEADER}<presence/> \n<message to="bob@localhost"><body>grüße, 你好 🦭 &lt;&#x41;</body><x xmlns='a' xmlns:b='c' b:d='e'><![CDATA[<raw>&amp;]]></x></message></stream:stream>`,
      ),
    ).toEqual([
      'open stream {"to":"localhost","xmlns":"jabber:client"}',
      "<presence xmlns='jabber:client'/>",
      "<message xmlns='jabber:client' to='bob@localhost'><body>grüße, 你好 🦭 &lt;A</body><x xmlns='a' xmlns:a0='c' a0:d='e'>&lt;raw&gt;&amp;amp;</x></message>",
      'closed',
    ]);
  });

  it('begins anew after a stanza that ends it, in the same packet too', () => {
    const lines = read(`${HEADER}<restart/>${HEADER}<presence/>`);
    expect(lines.map((line) => line.split(' ')[0])).toEqual(['open', '<restart', 'open', '<presence']);
  });

  it('may have any amount of space between stanzas: a client keeps its connection alive so', () => {
    const spaces = ' \n'.repeat(1_000);
    expect(read(`${HEADER}${spaces}<a/>${spaces}<b/>`, 120)).toHaveLength(3);
  });
});

describe('a stream is refused', () => {
  it.each([
    ['a document type', `<!DOCTYPE x>${HEADER}`, 'restricted-xml'],
    ['a document type within', `${HEADER}<!DOCTYPE x [<!ENTITY a "b">]>`, 'restricted-xml'],
    [
      'a billion laughs',
      `<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;">]>${HEADER}<m>&b;</m>`,
      'restricted-xml',
    ],
    ['an entity', `${HEADER}<m>&laughs;</m>`, 'restricted-xml'],
    ['an entity in an attribute', `${HEADER}<m a='&laughs;'/>`, 'restricted-xml'],
    ['a comment', `${HEADER}<!-- hi --><m/>`, 'restricted-xml'],
    ['a comment in a stanza', `${HEADER}<m><!-- hi --></m>`, 'restricted-xml'],
    ['a processing instruction', `${HEADER}<?php echo 1 ?>`, 'restricted-xml'],
    ['another encoding', `<?xml version='1.0' encoding='latin1'?>${HEADER}`, 'unsupported-encoding'],
    ['text between stanzas', `${HEADER}hello<m/>`, 'bad-format'],
    ['tags that do not match', `${HEADER}<a><b></a>`, 'not-well-formed'],
    ['an unbound prefix', `${HEADER}<a:b/>`, 'not-well-formed'],
    ['an attribute twice', `${HEADER}<a b='1' b='2'/>`, 'not-well-formed'],
    ['a control character', `${HEADER}<a>\u0001</a>`, 'not-well-formed'],
    ['a control character as a reference', `${HEADER}<a>&#0;</a>`, 'not-well-formed'],
    ['what is no XML at all', 'GET / HTTP/1.1\r\n\r\n', 'not-well-formed'],
  ])('for %s', (_, text, condition) => {
    expect(read(text).at(-1)).toBe(`failed ${condition}`);
  });

  it.each([
    ['a stray octet', [0xff]],
    ['an overlong slash', [0xc0, 0xaf]],
    ['half a surrogate', [0xed, 0xa0, 0x80]],
    ['a character cut short', [0xe4, 0xbd, 0x3c]],
  ])('for octets that are no UTF-8: %s; what came before is heard', (_, octets) => {
    const bytes = Buffer.concat([Buffer.from(`${HEADER}<a/><m>`), Buffer.from(octets), Buffer.from('</m>')]);
    expect(read(bytes).slice(1)).toEqual(["<a xmlns='jabber:client'/>", 'failed unsupported-encoding']);
  });

  it('for a stanza above its limit, exactly, and before it is parsed', () => {
    const stanza = (bytes: number): string => `<m>${'x'.repeat(bytes - 7)}</m>`;
    expect(read(HEADER + stanza(1_000) + stanza(1_000), 1_000)).toHaveLength(3);
    expect(read(`${HEADER}${stanza(1_000)} ${stanza(1_001)}`, 1_000).slice(2)).toEqual(['failed policy-violation']);
    expect(read(`${HEADER}<m>${'é'.repeat(500)}</m>`, 1_000).at(-1)).toBe('failed policy-violation');
  });

  it('for an attribute of 20 MB, of which no more than the limit is looked at', () => {
    const seen = readStream([Buffer.from(`${HEADER}<m a='${'x'.repeat(20_000_000)}'/>`)]);
    expect(seen.slice(1)).toEqual(['failed policy-violation']);
  });

  it.each([
    ['elements nested 100,000 deep', '<a>'.repeat(100_000)],
    ['elements nested too deep', '<a>'.repeat(MAX_DEPTH + 1)],
    ['too many elements', `<m>${'<a/>'.repeat(MAX_ELEMENTS)}</m>`],
    ['too many attributes', `<m ${Array.from({ length: MAX_ATTRIBUTES + 1 }, (_, at) => `a${at}=''`).join(' ')}/>`],
  ])('for %s', (_, text) => {
    expect(readStream([Buffer.from(HEADER + text)], 1_000_000).at(-1)).toBe('failed policy-violation');
  });
});

it('brings the same for random streams in random pieces', () => {
  const part = fc.constantFrom(
    '<a>',
    '</a>',
    '<b c="d"/>',
    'text',
    '&amp;',
    '&x;',
    '<![CDATA[',
    ']]>',
    '<!--',
    '-->',
    '<?',
    '?>',
    ' ',
    '\r',
    '\r\n',
    '🦭',
    'é',
    '<restart/>',
    HEADER,
    '</stream:stream>',
    "xmlns='y'",
    '<!DOCTYPE',
    '>',
    '\ufeff',
  );
  fc.assert(
    fc.property(
      fc.array(part, { maxLength: 30 }),
      fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1 }),
      (parts, cuts) => {
        const bytes = Buffer.from(HEADER + parts.join(''));
        const pieces: Uint8Array[] = [];
        for (let at = 0, turn = 0; at < bytes.length; turn += 1) {
          const size = cuts[turn % cuts.length] ?? 1;
          pieces.push(bytes.subarray(at, at + size));
          at += size;
        }
        expect(readStream(pieces)).toEqual(readStream([bytes]));
      },
    ),
  );
});
