import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lesson } from './01-sockets/lesson.ts';
import { type Completion, createRunner, type Runner } from './runner.ts';
import { type WireScript, wireScript } from './testing/wire-script.ts';

function openLesson(done: readonly string[] = []): Runner {
  return createRunner({ lesson, done: new Set(done) });
}

/** A runner that is fed everything a script writes, as it is written. */
function follow(
  happens: (wire: WireScript) => void,
  runner = openLesson(),
): { runner: Runner; completed: Completion[] } {
  const wire = wireScript();
  happens(wire);
  return { runner, completed: [...runner.feed(wire.events, wire.conversations)] };
}

/** Lesson 1 done as it is meant to be. */
function wholeLesson(wire: WireScript): void {
  const first = wire.open();
  wire.say(first, 'ahoy\r\n');
  wire.answer(first, 'ahoy\r\n');
  const second = wire.open();
  wire.close(second, 'client');
}

const ALL_STEPS = lesson.steps.map(({ id }) => id);

describe('steps', () => {
  it('turn done one after the other, each with what was seen', () => {
    const { runner, completed } = follow(wholeLesson);
    expect(completed.map(({ id }) => id)).toEqual(ALL_STEPS);
    expect(completed.map(({ facts }) => facts.client)).toEqual([
      '127.0.0.1:50001',
      '127.0.0.1:50001',
      '127.0.0.1:50001',
      '127.0.0.1:50002',
    ]);
    expect(completed[1]?.facts.text).toBe('ahoy\\r\\n');
    expect(completed[2]?.facts['client-2']).toBe('127.0.0.1:50002');
    expect(runner.active).toBeNull();
  });

  it('count only what happens after the step before was done', () => {
    const { runner } = follow((wire) => {
      const early = wire.open('daytime');
      wire.close(early);
      const first = wire.open();
      wire.close(first);
    });
    expect([...runner.done]).toEqual(['connect']);
    expect(runner.active).toBe('talk');
  });

  it('may be done by a level that already holds', () => {
    const { completed } = follow((wire) => {
      const first = wire.open();
      wire.open();
      wire.say(first, 'ahoy');
      wire.answer(first, 'ahoy');
    });
    expect(completed.map(({ id }) => id)).toEqual(['connect', 'talk', 'second']);
  });

  it('pass over events from before the lesson was opened', () => {
    const wire = wireScript();
    wholeLesson(wire);
    const late = createRunner({ lesson, done: new Set(), seq: wire.events.length });
    expect(late.feed(wire.events, wire.conversations)).toEqual([]);
    expect(late.active).toBe('connect');
  });

  it('go on where they were, with the conversations that are open', () => {
    const wire = wireScript();
    const first = wire.open();
    const resumed = createRunner({
      lesson,
      done: new Set(['connect']),
      conversations: wire.conversations.values(),
      seq: wire.events.length,
    });
    wire.say(first, 'ahoy');
    wire.answer(first, 'ahoy');
    wire.open();
    expect(resumed.feed(wire.events, wire.conversations).map(({ id }) => id)).toEqual(['talk', 'second']);
  });

  it('repair what is open after missed events', () => {
    const wire = wireScript();
    wire.open();
    wire.open();
    const runner = openLesson(['connect', 'talk']);
    expect(runner.repair(wire.conversations.values()).map(({ id }) => id)).toEqual(['second']);
  });
});

describe('near misses', () => {
  const misses = (happens: (wire: WireScript) => void, done: readonly string[] = []) =>
    follow(happens, openLesson(done)).runner.nearMisses;

  it('name the demo that was reached instead', () => {
    expect(misses((wire) => wire.open('chat-lines'))).toMatchObject([
      { of: 'connect', id: 'another-demo', facts: { demo: 'chat-lines', 'server-port': '41020' } },
    ]);
  });

  it('say that nothing has been typed yet, until something is', () => {
    expect(misses((wire) => wire.open())).toMatchObject([
      { of: 'talk', id: 'nothing-typed', facts: { client: '127.0.0.1:50001' } },
    ]);
    expect(misses((wire) => wire.say(wire.open(), 'ahoy'))).toEqual([]);
  });

  it('say that a connection was refused', () => {
    expect(misses((wire) => wire.fail())).toMatchObject([{ id: 'refused', facts: { code: 'ECONNREFUSED' } }]);
  });

  it('show the latest', () => {
    const both = (wire: WireScript) => [wire.open('chat-lines'), wire.fail()];
    expect(misses(both)).toMatchObject([{ id: 'refused' }]);
    expect(misses((wire) => [wire.fail(), wire.open('chat-lines')])).toMatchObject([{ id: 'another-demo' }]);
  });

  it('say that only one of two is open, and which', () => {
    expect(misses((wire) => wire.open(), ['connect', 'talk'])).toMatchObject([{ of: 'second', id: 'only-one' }]);
    expect(misses(() => {}, ['connect', 'talk'])).toMatchObject([{ id: 'nobody-connected' }]);
  });

  it('tell a reset from a close', () => {
    expect(misses((wire) => wire.reset(wire.open()), ALL_STEPS.slice(0, 3))).toMatchObject([
      { of: 'hang-up', id: 'was-reset' },
    ]);
  });
});

describe('predictions', () => {
  it('are settled by what was seen', () => {
    const { completed } = follow(wholeLesson);
    expect(completed.find(({ id }) => id === 'second')?.observed).toEqual({ 'what-differs': 'client-port' });
  });

  it('say so when none of the choices happened', () => {
    const overIpv6 = { client: { address: '::1', port: 5 }, server: { address: '::1', port: 41_007 } };
    const { completed } = follow((wire) => [wire.open(), wire.open('echo', overIpv6)], openLesson(['connect', 'talk']));
    expect(completed[0]?.observed).toEqual({ 'what-differs': null });
  });
});

describe('experiments', () => {
  it('are watched once every step is done', () => {
    const early = follow((wire) => wire.fail());
    expect(early.completed).toEqual([]);
    const { completed } = follow((wire) => {
      wholeLesson(wire);
      wire.fail();
    });
    expect(completed.at(-1)).toMatchObject({
      kind: 'experiment',
      id: 'nobody-listens',
      facts: { code: 'ECONNREFUSED' },
    });
  });
});

/** Any life on the wire: mostly echo, now and then something else. */
const happenings = fc.array(
  fc.record({
    what: fc.constantFrom('open', 'other', 'udp', 'page', 'say', 'answer', 'echo', 'close', 'reset', 'fail', 'skip'),
    who: fc.nat({ max: 4 }),
    text: fc.string({ maxLength: 6 }),
    by: fc.constantFrom('client' as const, 'server' as const),
  }),
  { maxLength: 40 },
);

function play(wire: WireScript, life: readonly Happening[]): void {
  for (const { what, who, text, by } of life) {
    const id = 1 + (who % Math.max(1, wire.conversations.size));
    const there = wire.conversations.has(id);
    if (what === 'open') wire.open();
    else if (what === 'other') wire.open('daytime');
    else if (what === 'udp') wire.open('echo', { transport: 'udp' });
    else if (what === 'page') wire.open('page');
    else if (what === 'fail') wire.fail();
    else if (!there) continue;
    else if (what === 'say') wire.say(id, text);
    else if (what === 'answer') wire.answer(id, text);
    else if (what === 'echo') [wire.say(id, text), wire.answer(id, text)];
    else if (what === 'close') wire.close(id, by);
    else if (what === 'reset') wire.reset(id, by);
    else wire.skip(id, 'to-server', 9);
  }
}

interface Happening {
  readonly what: string;
  readonly who: number;
  readonly text: string;
  readonly by: 'client' | 'server';
}

/** Everything a page could show of a runner. */
function standing(runner: Runner) {
  return { active: runner.active, done: [...runner.done], nearMisses: runner.nearMisses };
}

describe('whatever happens', () => {
  it('gives the same result in any batching', () => {
    fc.assert(
      fc.property(happenings, fc.array(fc.nat({ max: 9 }), { maxLength: 30 }), (life, sizes) => {
        const wire = wireScript();
        play(wire, life);
        const [whole, cut] = [openLesson(), openLesson()];
        const expected = whole.feed(wire.events, wire.conversations);
        const found: Completion[] = [];
        let from = 0;
        for (const size of [...sizes, wire.events.length]) {
          found.push(...cut.feed(wire.events.slice(from, from + size), wire.conversations));
          from += size;
        }
        expect(found).toEqual(expected);
        expect(standing(cut)).toEqual(standing(whole));
      }),
    );
  });

  it('keeps steps in order, and completes each once', () => {
    fc.assert(
      fc.property(happenings, (life) => {
        const { completed } = follow((wire) => play(wire, life));
        const steps = completed.filter(({ kind }) => kind === 'step').map(({ id }) => id);
        expect(steps).toEqual(ALL_STEPS.slice(0, steps.length));
        expect(new Set(completed.map(({ id }) => id)).size).toBe(completed.length);
      }),
    );
  });

  it('turns nothing green while nothing happens but the page’s own life', () => {
    fc.assert(
      fc.property(happenings, (life) => {
        const { runner, completed } = follow((wire) => {
          wire.open('page');
          play(
            wire,
            life.filter(({ what }) => what === 'page' || what === 'say').map((each) => ({ ...each, who: 0 })),
          );
        });
        expect(completed).toEqual([]);
        expect(runner.active).toBe('connect');
      }),
    );
    expect(openLesson().feed([], new Map())).toEqual([]);
  });

  it('never completes a later step without its own event', () => {
    const none = openLesson(ALL_STEPS.slice(0, 1));
    expect(none.feed([], new Map())).toEqual([]);
  });
});
