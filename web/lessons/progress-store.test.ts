import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mergeProgress, type Progress } from '#protocol/progress.ts';
import { createFakeClock } from '../session/testing.ts';
import {
  createProgressStore,
  lessonProgress,
  PROGRESS_KEY,
  type ProgressStore,
  RETRY_DELAY_MS,
  SAVE_DELAY_MS,
} from './progress-store.ts';
import { fakeServer, fakeStorage, settled } from './testing.ts';

function setUp(stored: string | null = null) {
  const clock = createFakeClock();
  const storage = fakeStorage(stored === null ? {} : { [PROGRESS_KEY]: stored });
  const server = fakeServer();
  const open = () => createProgressStore({ storage, fetch: server.fetch, clock });
  return { clock, storage, server, open, progress: open() };
}

function stepsOf(progress: ProgressStore, lesson = 'sockets'): readonly string[] {
  return Object.keys(lessonProgress(progress.store.getState().progress, lesson).steps);
}

/** A time that no Date can hold would break whatever page says when a step was done. */
const NO_DATE = '{"version":1,"lessons":{"sockets":{"steps":{"connect":1e300},"answers":{},"updatedMs":1}}}';

describe('what was done', () => {
  it('is kept in the browser at once, and found again', () => {
    const { open, progress } = setUp();
    progress.complete('sockets', 'connect', 5);
    progress.answer('sockets', 'third', 'same-four');
    expect(lessonProgress(open().store.getState().progress, 'sockets')).toMatchObject({
      steps: { connect: 5 },
      answers: { third: 'same-four' },
    });
  });

  it('keeps the first answer only', () => {
    const { progress } = setUp();
    progress.answer('sockets', 'third', 'same-four');
    progress.answer('sockets', 'third', 'port-taken');
    expect(lessonProgress(progress.store.getState().progress, 'sockets').answers).toEqual({ third: 'same-four' });
  });

  it('is undone step by step, and forgotten by a reset, lesson by lesson', () => {
    const { progress } = setUp();
    for (const step of ['connect', 'talk']) progress.complete('sockets', step, 1);
    progress.complete('udp', 'send', 1);
    progress.undo('sockets', 'connect');
    expect(stepsOf(progress)).toEqual(['talk']);
    progress.reset('sockets');
    expect(stepsOf(progress)).toEqual([]);
    expect(stepsOf(progress, 'udp')).toEqual(['send']);
  });

  it('takes a file in beside what is there, and tells the server', async () => {
    const { clock, progress, server, open } = setUp();
    const ours = { steps: { connect: 9 }, answers: {}, updatedMs: 9 };
    progress.take(JSON.stringify({ version: 1, lessons: { sockets: ours } }));
    const older = { steps: {}, answers: {}, updatedMs: 3 };
    const taken = progress.take(JSON.stringify({ version: 1, lessons: { sockets: older, udp: ours } }));
    expect(Object.keys(taken?.lessons ?? {})).toEqual(['sockets', 'udp']);
    expect([stepsOf(progress), stepsOf(progress, 'udp')]).toEqual([['connect'], ['connect']]);
    expect(stepsOf(open(), 'udp')).toEqual(['connect']);
    clock.advance(SAVE_DELAY_MS);
    await settled();
    expect(server.progress.lessons.udp?.steps).toEqual({ connect: 9 });
  });

  it('gets back from a file what a reset has taken, and loses nothing done since', () => {
    const { progress, storage } = setUp();
    progress.complete('sockets', 'connect', 1);
    progress.answer('sockets', 'third', 'same-four');
    const file = storage.getItem(PROGRESS_KEY) ?? '';
    progress.reset('sockets');
    progress.complete('sockets', 'talk', 2);
    progress.take(file);
    expect(lessonProgress(progress.store.getState().progress, 'sockets')).toMatchObject({
      steps: { connect: 1, talk: 2 },
      answers: { third: 'same-four' },
    });
  });

  it.each(['', 'not json', '{}', '{"version":2,"lessons":{}}', '{"version":1,"lessons":{"a b":{}}}', NO_DATE])(
    'stays as it is when a file is none: %j',
    (text) => {
      const { progress } = setUp();
      progress.complete('sockets', 'connect', 1);
      expect(progress.take(text)).toBeNull();
      expect(stepsOf(progress)).toEqual(['connect']);
    },
  );

  it('survives a reset by no older copy, even when the clock stands still', () => {
    const { progress, storage } = setUp();
    progress.complete('sockets', 'connect', 1);
    const older = storage.getItem(PROGRESS_KEY);
    progress.reset('sockets');
    progress.absorb(older);
    expect(stepsOf(progress)).toEqual([]);
  });
});

describe('the server’s copy', () => {
  it('is sent ours a moment after the last change, and gives back what it has', async () => {
    const { progress, server, clock } = setUp();
    server.has({ version: 1, lessons: { udp: { steps: { send: 2 }, answers: {}, updatedMs: 2 } } });
    progress.complete('sockets', 'connect', 1);
    progress.complete('sockets', 'talk', 1);
    expect(server.requests).toBe(0);
    clock.advance(SAVE_DELAY_MS);
    await settled();
    expect(server.requests).toBe(1);
    expect(Object.keys(server.progress.lessons)).toEqual(expect.arrayContaining(['sockets', 'udp']));
    expect(stepsOf(progress, 'udp')).toEqual(['send']);
    expect(progress.store.getState().saved).toBe('everywhere');
  });

  it('is brought in when the page opens, so that another browser goes on', async () => {
    const { server, progress } = setUp();
    server.has({ version: 1, lessons: { sockets: { steps: { connect: 2 }, answers: {}, updatedMs: 2 } } });
    await progress.sync();
    expect(stepsOf(progress)).toEqual(['connect']);
  });

  it('is tried again when it is not reached; nothing is lost meanwhile', async () => {
    const { progress, server, clock } = setUp();
    server.down();
    progress.complete('sockets', 'connect', 1);
    clock.advance(SAVE_DELAY_MS);
    await settled();
    expect(progress.store.getState()).toMatchObject({ saved: 'browser', problem: null });
    server.up();
    clock.advance(RETRY_DELAY_MS);
    await settled();
    expect(server.progress.lessons.sockets?.steps).toEqual({ connect: 1 });
  });

  it('that makes no sense changes nothing', async () => {
    const { progress, server } = setUp();
    progress.complete('sockets', 'connect', 1);
    server.answers('<html>');
    await progress.sync();
    server.answers('{"version":2}');
    await progress.sync();
    expect(stepsOf(progress)).toEqual(['connect']);
  });

  it('gets what changed while it was being sent', async () => {
    const { progress, server, clock } = setUp();
    progress.complete('sockets', 'connect', 1);
    const sending = progress.sync();
    progress.complete('sockets', 'talk', 1);
    await sending;
    clock.advance(SAVE_DELAY_MS);
    await settled();
    expect(Object.keys(server.progress.lessons.sockets?.steps ?? {})).toEqual(['connect', 'talk']);
  });

  it('is left alone once the store is closed', async () => {
    const { progress, server, clock } = setUp();
    progress.complete('sockets', 'connect', 1);
    progress.close();
    progress.close();
    clock.advance(RETRY_DELAY_MS);
    await settled();
    expect(server.requests).toBe(0);
  });
});

describe('a broken copy in the browser', () => {
  it.each([
    ['no JSON', '{"version":1,"lessons":{'],
    ['another version', '{"version":2,"lessons":{}}'],
    ['hostile ids', '{"version":1,"lessons":{"<img src=x>":{"steps":{},"answers":{},"updatedMs":1}}}'],
    [
      'steps of the wrong kind',
      '{"version":1,"lessons":{"sockets":{"steps":{"connect":"yes"},"answers":{},"updatedMs":1}}}',
    ],
  ])('(%s) is kept aside and said', (_name, text) => {
    const { progress, storage } = setUp(text);
    const { problem } = progress.store.getState();
    expect(problem).toMatchObject({ code: 'broken' });
    expect(JSON.parse(storage.getItem(problem?.keptAs ?? '') ?? '{}')).toMatchObject({ text });
    expect(stepsOf(progress)).toEqual([]);
    progress.complete('sockets', 'connect', 1);
    progress.dismissProblem();
    expect(progress.store.getState().problem).toBeNull();
  });

  it('does not overwrite the one kept before it', () => {
    const { storage, open } = setUp('first');
    storage.setItem(PROGRESS_KEY, 'second');
    const second = open().store.getState().problem;
    const texts = [1, 2].map((index) => JSON.parse(storage.getItem(`${PROGRESS_KEY}.broken-${index}`) ?? '{}').text);
    expect(texts).toEqual(['first', 'second']);
    expect(second?.keptAs).toBe(`${PROGRESS_KEY}.broken-2`);
  });
});

describe('storage that is blocked', () => {
  it('leaves progress to the tab, and to the server', async () => {
    const clock = createFakeClock();
    const server = fakeServer();
    const blocked = () => {
      throw new DOMException('blocked', 'SecurityError');
    };
    const progress = createProgressStore({
      storage: { getItem: blocked, setItem: blocked },
      fetch: server.fetch,
      clock,
    });
    progress.complete('sockets', 'connect', 1);
    expect(progress.store.getState().saved).toBe('tab');
    expect(stepsOf(progress)).toEqual(['connect']);
    await progress.sync();
    expect(progress.store.getState().saved).toBe('everywhere');
  });
});

it('another tab’s copy is taken in, lesson by lesson, whichever is newer', () => {
  const lesson = fc.record({
    steps: fc.dictionary(fc.constantFrom('a', 'b'), fc.nat()),
    answers: fc.constant({}),
    updatedMs: fc.nat({ max: 9 }),
  });
  const copies = fc.dictionary(fc.constantFrom('sockets', 'udp', 'tls'), lesson);
  fc.assert(
    fc.property(copies, copies, (ours, theirs) => {
      const mine: Progress = { version: 1, lessons: ours };
      const { progress } = setUp(JSON.stringify(mine));
      progress.absorb(JSON.stringify({ version: 1, lessons: theirs }));
      progress.absorb('nonsense');
      progress.absorb(null);
      expect(progress.store.getState().progress).toEqual(mergeProgress(mine, { version: 1, lessons: theirs }));
    }),
  );
});
