import { describe, expect, it } from 'vitest';
import { echoed } from './checks.ts';
import { MAX_COMPARED_BYTES } from './echo-match.ts';
import { factsOf } from './match.ts';
import { matchOf } from './testing/match-of.ts';

describe('echoed', () => {
  const check = echoed({ demo: 'echo', transport: 'tcp' });

  it('is satisfied however question and answer are cut', () => {
    const match = matchOf(check, (wire) => {
      const id = wire.open();
      wire.say(id, 'ah');
      wire.say(id, 'oy\r\n');
      wire.answer(id, 'ahoy\r\n');
    });
    expect(match && factsOf(match)).toMatchObject({ text: 'ahoy\\r\\n', bytes: '6' });
  });

  it('is not satisfied by a question alone, another answer, or another conversation’s', () => {
    expect(matchOf(check, (wire) => wire.say(wire.open(), 'ahoy'))).toBeNull();
    const other = matchOf(check, (wire) => {
      const [one, two] = [wire.open(), wire.open()];
      wire.say(one, 'ahoy');
      wire.answer(one, 'goodbye');
      wire.answer(two, 'ahoy');
    });
    expect(other).toBeNull();
  });

  it('recovers from octets that were under way when it began', () => {
    let id = 0;
    const match = matchOf(
      check,
      (wire) => {
        wire.answer(id, 'before');
        wire.say(id, 'after');
        wire.answer(id, 'after');
      },
      (wire) => {
        id = wire.open();
        wire.say(id, 'before');
      },
    );
    expect(match && factsOf(match).text).toBe('after');
  });

  it.each([MAX_COMPARED_BYTES, 2_000, 100_000])('compares reads of %d octets, and goes on after them', (length) => {
    const long = Buffer.from(Array.from({ length }, (_, at) => at % 251));
    const echo = (...words: readonly string[]) =>
      matchOf(check, (wire) => {
        const id = wire.open();
        for (const octets of [long, ...words]) {
          wire.say(id, octets);
          wire.answer(id, octets);
        }
      });
    expect(echo()?.bytes).toBe(length);
    expect(echo('end')?.bytes).toBe('end'.length);
    expect(matchOf(check, (wire) => wire.answer(wire.open(), long))).toBeNull();
  });

  it('compares all of an answer that comes in other pieces', () => {
    const long = `${'x'.repeat(700)}${'y'.repeat(200)}`;
    const match = matchOf(echoed({ minBytes: 900 }), (wire) => {
      const id = wire.open();
      wire.say(id, long);
      wire.answer(id, long.slice(0, 650));
      wire.answer(id, long.slice(650));
    });
    expect(match).not.toBeNull();
  });
});
