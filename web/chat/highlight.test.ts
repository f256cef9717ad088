import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { foldJson } from './fold.ts';
import { bodyOf, formatsOf, newestSaid } from './formats.ts';
import { highlightJson, highlightLine, highlightXml } from './highlight.ts';
import type { SeatState } from './seat-state.ts';

const kinds = (tokens: readonly { kind: string; text: string }[]) => tokens.map(({ kind, text }) => `${kind} ${text}`);

describe('colours', () => {
  it.each([
    [highlightJson, fc.oneof(fc.json(), fc.string())],
    [highlightXml, fc.string({ unit: fc.constantFrom('<', '>', 'a', '"', '=', '/', ' ', "'", '\n', '你') })],
    [highlightLine, fc.string({ unit: fc.constantFrom('<', '>', 'a', ' ', '*', '\r', '\n') })],
  ] as const)('change nothing in the text (%#)', (highlight, texts) => {
    fc.assert(
      fc.property(
        texts,
        (text) =>
          highlight(text)
            .map(({ text: piece }) => piece)
            .join('') === text,
      ),
    );
  });

  it('tell names from texts and values in JSON', () => {
    expect(kinds(highlightJson('{"a": "b:\\"", "n": -1.5e3, "t": true}'))).toEqual([
      'mark {',
      'name "a"',
      'mark : ',
      'text "b:\\""',
      'mark , ',
      'name "n"',
      'mark : ',
      'value -1.5e3',
      'mark , ',
      'name "t"',
      'mark : ',
      'value true',
      'mark }',
    ]);
  });

  it('tell tags from texts and values in XML', () => {
    expect(kinds(highlightXml('<body xml:lang="en">hi &amp; bye</body>'))).toEqual([
      'name <body',
      'mark  ',
      'text xml:lang',
      'mark =',
      'value "en"',
      'name >',
      'text hi &amp; bye',
      'name </body>',
    ]);
  });
});

describe('folding', () => {
  it('makes a tree of JSON', () => {
    expect(foldJson('{"a":[1,{}],"b":"x"}')).toEqual({
      head: '{',
      tail: '}',
      inner: [
        {
          head: '"a": [',
          tail: '],',
          inner: [
            { head: '1,', tail: '', inner: [] },
            { head: '{}', tail: '', inner: [] },
          ],
        },
        { head: '"b": "x"', tail: '', inner: [] },
      ],
    });
    expect(foldJson('{')).toBeNull();
  });
});

describe('the same message', () => {
  it.each([
    ['json', '{"type":"message","id":"1","from":"ann","to":"#lobby","body":"hi & bye"}', 'hi & bye'],
    ['json', '{"type":"ack","re":"c1"}', null],
    ['lines', '<ann> hi & bye\r\n', 'hi & bye'],
    ['lines', 'hi & bye\n', 'hi & bye'],
    ['lines', '* ann joined\r\n', null],
    ['xmpp', '<message type="groupchat" to="x"><body>hi &amp; bye</body></message>', 'hi & bye'],
    ['xmpp', '<presence to="x"/>', null],
  ] as const)('is found in %s: %s', (protocol, text, body) => {
    expect(bodyOf(protocol, text)).toBe(body);
  });

  it('is shown once a protocol, as it was received where it was', () => {
    const seat = (protocol: 'json' | 'lines', direction: 'sent' | 'received', text: string): SeatState =>
      ({ protocol, user: 'ann', frames: [{ key: 1, direction, text, atMs: 0 }] }) as unknown as SeatState;
    const found = formatsOf(
      [
        seat('json', 'sent', '{"type":"message","id":"c1","to":"#lobby","body":"hi"}'),
        seat('json', 'received', '{"type":"message","id":"1","from":"ann","to":"#lobby","body":"hi"}'),
        seat('lines', 'received', '<ann> hi\r\n'),
        seat('lines', 'sent', 'hi\n'),
      ],
      { body: 'hi', isCut: false },
    );
    expect(found.map(({ protocol, frame }) => `${protocol} ${frame.direction}`)).toEqual([
      'json received',
      'lines received',
    ]);
  });

  it('of a file is found by the file, whatever words each protocol has for it', () => {
    const path = '/api/files/f1-x/cat.png';
    const frames = {
      json: '{"type":"message","id":"c1","to":"#lobby","body":"","file":"f1-x"}',
      lines: `<ann> (file) cat.png, image/png, 3 octets: http://host${path}\r\n`,
      xmpp: `<message type='groupchat'><body>http://host${path}</body></message>`,
    };
    const seats = Object.entries(frames).map(([protocol, text]) => ({
      protocol,
      frames: [{ key: 1, direction: 'received', text, atMs: 0 }],
      lines: [
        { kind: 'message', with: '#lobby', body: 'before', file: null, atMs: 1 },
        { kind: 'message', with: '#lobby', body: '', file: { path }, atMs: 2 },
      ],
    })) as unknown as SeatState[];
    expect(newestSaid(seats)).toEqual({ fileId: 'f1-x' });
    expect(formatsOf(seats, { fileId: 'f1-x' }).map(({ protocol }) => protocol)).toEqual(['json', 'lines', 'xmpp']);
  });
});
