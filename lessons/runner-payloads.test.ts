import { describe, expect, it } from 'vitest';
import { lesson } from './01-sockets/lesson.ts';
import { createRunner } from './runner.ts';
import { type WireScript, wireScript } from './testing/wire-script.ts';

const openLesson = (done: readonly string[] = []) => createRunner({ lesson, done: new Set(done) });

describe('octets that are on their way', () => {
  const talk = (wire: WireScript) => {
    const id = wire.open();
    wire.say(id, 'x'.repeat(700));
    wire.answer(id, 'x'.repeat(700));
    wire.open();
  };

  it('are waited for, and are the same as octets that were there', () => {
    const wire = wireScript();
    talk(wire);
    const runner = openLesson();
    const here = new Map<number, Uint8Array>();
    const asked = new Set<number>();
    const payloads = {
      get({ seq }: { readonly seq: number }) {
        asked.add(seq);
        return here.get(seq);
      },
    };
    const feed = () => runner.feed(wire.events, wire.conversations, payloads).map(({ id }) => id);
    expect(feed()).toEqual(['connect']);
    expect({ seq: runner.seq, asked: [...asked] }).toEqual({ seq: 1, asked: [2, 3] });
    expect(feed()).toEqual([]);
    for (const seq of asked) here.set(seq, wire.octets.get(seq) ?? new Uint8Array());
    expect(feed()).toEqual(['talk', 'second']);
    expect(runner.seq).toBe(4);
  });

  it('are asked for when a check looks at them, and else never', () => {
    const wire = wireScript();
    talk(wire);
    const never = {
      get: () => {
        throw new Error('asked for');
      },
    };
    const runner = openLesson(['connect', 'talk']);
    runner.feed(wire.events, wire.conversations, never);
    expect(runner.done.has('second')).toBe(true);
  });
});
