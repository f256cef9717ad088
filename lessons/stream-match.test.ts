import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { data } from './checks.ts';
import { MAX_JUDGED_BYTES } from './payloads.ts';
import { MAX_STREAM_BYTES } from './stream-match.ts';
import { matchOf } from './testing/match-of.ts';
import type { WireScript } from './testing/wire-script.ts';

describe('data', () => {
  const sent = (text: string) => data({ demo: 'echo', direction: 'to-server', text });

  it('finds a text however it is cut into reads', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), fc.array(fc.nat({ max: 60 }), { maxLength: 6 }), (noise, cuts) => {
        const octets = Buffer.concat([noise, Buffer.from('ahoy ⚓')]);
        const at = [0, ...cuts.map((cut) => cut % octets.length).sort((a, b) => a - b), octets.length];
        const match = matchOf(sent('ahoy ⚓'), (wire) => {
          const id = wire.open();
          for (const [index, end] of at.slice(1).entries()) wire.say(id, octets.subarray(at[index], end));
        });
        expect(match).not.toBeNull();
      }),
    );
  });

  it('does not join what two conversations or two directions carried', () => {
    const match = matchOf(sent('ahoy'), (wire) => {
      const [one, two] = [wire.open(), wire.open()];
      wire.say(one, 'ah');
      wire.say(two, 'oy');
      wire.answer(one, 'oy');
    });
    expect(match).toBeNull();
  });

  it('does not guess over octets that were not recorded', () => {
    const cut = (wire: WireScript) => {
      const id = wire.open();
      wire.say(id, 'ah');
      wire.skip(id, 'to-server', 3);
      wire.say(id, 'oy');
    };
    expect(matchOf(sent('ahoy'), cut)).toBeNull();
  });

  it('finds what lies behind the preview, and what begins there', () => {
    const beginning = '.'.repeat(600);
    expect(matchOf(sent('ahoy'), (wire) => wire.say(wire.open(), `${beginning}ahoy`))).not.toBeNull();
    const cut = matchOf(sent('ahoy'), (wire) => {
      const id = wire.open();
      wire.say(id, `${beginning}ah`);
      wire.say(id, 'oy');
    });
    expect(cut).not.toBeNull();
    const ends = data({ ends: '!' });
    expect(matchOf(ends, (wire) => wire.say(wire.open(), `${beginning}!`))).not.toBeNull();
    expect(matchOf(ends, (wire) => wire.say(wire.open(), `!${beginning}`))).toBeNull();
  });

  it('has a bound to what is fetched', () => {
    const behind = (octets: number) =>
      matchOf(sent('ahoy'), (wire) => wire.say(wire.open(), `${'.'.repeat(octets - 4)}ahoy`));
    expect(behind(MAX_JUDGED_BYTES)).not.toBeNull();
    expect(behind(MAX_JUDGED_BYTES + 1)).toBeNull();
  });

  it('judges the end of what has come', () => {
    const ends = data({ direction: 'to-server', ends: '\r\n' });
    const typed = (text: string) => matchOf(ends, (wire) => wire.say(wire.open(), text));
    expect(typed('ahoy\r\n')).not.toBeNull();
    expect(typed('ahoy\n')).toBeNull();
  });

  it('counts octets over reads', () => {
    const enough = data({ direction: 'to-server', minBytes: 4 });
    const said = (...texts: string[]) =>
      matchOf(enough, (wire) => {
        const id = wire.open();
        for (const text of texts) wire.say(id, text);
      });
    expect(said('abc')).toBeNull();
    expect(said('ab', 'cd')).not.toBeNull();
  });

  it('holds no more than its bound', () => {
    const match = matchOf(sent('ahoy'), (wire) => {
      const id = wire.open();
      wire.say(id, 'ah');
      for (let sent = 0; sent <= MAX_STREAM_BYTES; sent += 512) wire.say(id, '.'.repeat(512));
      wire.say(id, 'oy');
    });
    expect(match).toBeNull();
  });
});
