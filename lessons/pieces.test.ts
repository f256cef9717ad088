import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Check, data, opened } from './checks.ts';
import { factsOf } from './match.ts';
import { matchOf } from './testing/match-of.ts';

/** Whether the check holds after a client of echo has sent these pieces. */
function holds(check: Check, ...pieces: readonly (string | Uint8Array)[]): boolean {
  const match = matchOf(check, (wire) => {
    const id = wire.open();
    for (const piece of pieces) wire.say(id, piece);
  });
  return match !== null;
}

describe('the pieces of a text', () => {
  const joined = data({ text: 'onetwothree', maxPieces: 1 });
  const apart = data({ text: 'onetwothree', minPieces: 3 });
  const inTwo = data({ text: 'onetwothree', minPieces: 2, maxPieces: 2 });

  it('are the reads that carried it, and no more', () => {
    expect(holds(joined, 'before', '>onetwothree<', 'after')).toBe(true);
    expect(holds(joined, 'onetwo', 'three')).toBe(false);
    expect(holds(inTwo, 'onetwo', 'three')).toBe(true);
    expect(holds(apart, 'one', 'two', 'three')).toBe(true);
    expect(holds(apart, 'one', 'twothree')).toBe(false);
    expect(holds(apart, 'zero', 'onetwothree', 'four')).toBe(false);
  });

  it('are counted for a later one though an earlier one did not fit', () => {
    expect(holds(apart, 'onetwothree', 'one', 'two', 'three')).toBe(true);
    expect(holds(joined, 'one', 'two', 'three', 'onetwothree')).toBe(true);
  });

  it('are exactly one more than the cuts inside of it', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer({ min: 1, max: 10 }), { maxLength: 6 }), (cuts) => {
        const at = [0, ...[...cuts].sort((one, two) => one - two), 11];
        const pieces = at.slice(1).map((end, index) => 'onetwothree'.slice(at[index], end));
        const count = pieces.length;
        expect(holds(data({ text: 'onetwothree', minPieces: count, maxPieces: count }), ...pieces)).toBe(true);
        expect(holds(data({ text: 'onetwothree', minPieces: count + 1 }), ...pieces)).toBe(false);
        if (count > 1) expect(holds(data({ text: 'onetwothree', maxPieces: count - 1 }), ...pieces)).toBe(false);
      }),
    );
  });

  it('are still known when older octets have been let go', () => {
    const long = Array.from({ length: 20 }, () => '.'.repeat(500));
    expect(holds(apart, ...long, 'one', 'two', 'three')).toBe(true);
    expect(holds(joined, ...long, 'one', 'two', 'three')).toBe(false);
  });

  it('are all pieces where no text is wanted', () => {
    expect(holds(data({ minPieces: 3 }), 'a', 'b')).toBe(false);
    expect(holds(data({ minPieces: 3 }), 'a', 'b', 'c')).toBe(true);
  });

  it('are counted for an ending too', () => {
    expect(holds(data({ ends: '\r\n', minPieces: 2 }), 'ahoy\r', '\n')).toBe(true);
    expect(holds(data({ ends: '\r\n', minPieces: 2 }), 'ahoy\r\n')).toBe(false);
  });
});

describe('the size of one piece', () => {
  it('may be zero: an empty datagram', () => {
    const empty = data({ transport: 'udp', exactly: 0 });
    const sent = (octets: string) =>
      matchOf(empty, (wire) => wire.say(wire.open('echo', { transport: 'udp' }), octets));
    expect(sent('')).toMatchObject({ bytes: 0 });
    expect(sent('x')).toBeNull();
    expect(matchOf(empty, (wire) => wire.open('echo', { transport: 'udp' }))).toBeNull();
  });

  it('is that of one read, and not of several together', () => {
    expect(holds(data({ exactly: 3 }), 'a', 'bc')).toBe(false);
    expect(holds(data({ exactly: 3 }), 'a', 'bcd')).toBe(true);
  });
});

describe('a character that was cut', () => {
  const cut = data({ cutCharacter: true });
  const octets = Buffer.from('你好');

  it('is named with its octets', () => {
    const match = matchOf(cut, (wire) => {
      const id = wire.open();
      wire.say(id, octets.subarray(0, 5));
      wire.say(id, octets.subarray(5));
    });
    expect(match && factsOf(match)).toMatchObject({ text: '好', bytes: '3' });
  });

  it('may be cut more than once', () => {
    expect(holds(cut, octets.subarray(0, 1), octets.subarray(1, 2), octets.subarray(2, 3))).toBe(true);
  });

  it('is not seen where reads end between characters, or the rest never comes', () => {
    expect(holds(cut, '你', '好')).toBe(false);
    expect(holds(cut, octets.subarray(0, 2))).toBe(false);
    expect(holds(cut, octets.subarray(0, 2), 'x')).toBe(false);
    expect(holds(cut, Uint8Array.of(0x80), Uint8Array.of(0x80))).toBe(false);
    expect(holds(cut, Uint8Array.of(0xed), Uint8Array.of(0xa0, 0x80))).toBe(false);
  });

  it('is seen for every character of more than one octet, wherever it is cut', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }), fc.nat(), (character, where) => {
        const bytes = Buffer.from(character);
        const at = where % (bytes.length + 1);
        const inside = at > 0 && at < bytes.length;
        const wellFormed = bytes.toString() === character && character !== '\ufeff';
        fc.pre(wellFormed);
        expect(holds(cut, bytes.subarray(0, at), bytes.subarray(at))).toBe(inside);
      }),
    );
  });
});

describe('where', () => {
  it('tells IPv4 and IPv6 apart by the server’s address', () => {
    const six = { client: { address: '::1', port: 50_000 }, server: { address: '::1', port: 41_007 } };
    expect(matchOf(opened({ family: 6 }), (wire) => wire.open('echo', six))).not.toBeNull();
    expect(matchOf(opened({ family: 4 }), (wire) => wire.open('echo', six))).toBeNull();
    expect(matchOf(opened({ family: 4 }), (wire) => wire.open('echo'))).not.toBeNull();
  });

  it.each([
    [0, []],
    [1, ['system']],
    [1_023, ['system']],
    [1_024, ['user']],
    [49_151, ['user']],
    [49_152, ['dynamic']],
    [65_535, ['dynamic']],
  ] as const)('puts the client’s port %i where RFC 6335 §6 has it', (port, expected) => {
    const client = { address: '127.0.0.1', port };
    const ranges = (['system', 'user', 'dynamic'] as const).filter((clientPort) =>
      matchOf(opened({ clientPort }), (wire) => wire.open('echo', { client })),
    );
    expect(ranges).toEqual(expected);
  });
});
