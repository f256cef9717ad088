import { describe, expect, it } from 'vitest';
import type { CheckRun, Listener } from '#protocol/check.ts';
import { UNREACHABLE } from '../session/json-api.ts';
import { createCheckClient } from './check-client.ts';
import { createCheckDesk } from './check-store.ts';

const words = (text: string) => ({ en: text, 'zh-CN': text });

function run(part: Partial<CheckRun>, ...states: CheckRun['stages'][number]['state'][]): CheckRun {
  return {
    id: 1,
    challenge: 'echo',
    target: { address: '127.0.0.1', port: 9_000 },
    state: 'running',
    seed: 1,
    stages: states.map((state, at) => ({
      id: `stage-${at}`,
      points: 10,
      title: words('a stage'),
      state,
      ms: null,
      failure: null,
      transcript: [],
      omitted: 0,
      command: '',
    })),
    ...part,
  };
}

/** A desk before a server that answers what `answers` holds, by method and path. */
function deskOf(answers: Record<string, () => unknown>) {
  const timers = new Map<number, () => void>();
  const passed: unknown[] = [];
  const asked: string[] = [];
  const client = createCheckClient(async (path, init) => {
    const key = `${init?.method} ${path}`;
    asked.push(key);
    const answer = answers[key];
    if (!answer) throw new TypeError('no network');
    const body = answer();
    return body instanceof Response ? body : Response.json(body);
  });
  const desk = createCheckDesk({
    client,
    every: (ms, tick) => {
      timers.set(ms, tick);
      return () => timers.delete(ms);
    },
    passed: (...told) => passed.push(told),
  });
  return { desk, asked, passed, timers, tick: (ms: number) => timers.get(ms)?.() };
}

const REQUEST = { challenge: 'echo', host: 'localhost', port: 9_000 };

describe('the checks of the page', () => {
  it('are followed until they end, and what passed is told', async () => {
    const states = [run({}, 'passed', 'running'), run({ state: 'passed' }, 'passed', 'passed')];
    const { desk, passed, timers, tick } = deskOf({
      'POST /api/check/runs': () => run({}, 'running', 'waiting'),
      'GET /api/check/runs/1': () => states.shift(),
    });
    expect(await desk.start(REQUEST)).toBeNull();
    tick(250);
    await expect.poll(() => passed).toEqual([['echo', ['stage-0'], false]]);
    tick(250);
    await expect.poll(() => passed.at(-1)).toEqual(['echo', ['stage-0', 'stage-1'], true]);
    expect(timers.size).toBe(0);
  });

  it('give the server’s reason for a refusal', async () => {
    const refusal = () =>
      Response.json({ code: 'not-allowed', message: 'Start Porthole with --allow.' }, { status: 403 });
    const { desk } = deskOf({ 'POST /api/check/runs': refusal });
    expect(await desk.start(REQUEST)).toBe('Start Porthole with --allow.');
    expect(await deskOf({}).desk.start(REQUEST)).toBe(UNREACHABLE);
  });

  it('stop when they are told to, and keep what was seen', async () => {
    const { desk, asked } = deskOf({
      'POST /api/check/runs': () => run({}, 'passed', 'running', 'waiting'),
      'DELETE /api/check/runs/1': () => new Response(null, { status: 204 }),
    });
    await desk.start(REQUEST);
    await desk.stop('echo');
    const { echo } = desk.store.getState().runs;
    expect([echo?.state, echo?.stages.map(({ state }) => state)]).toEqual([
      'stopped',
      ['passed', 'left-out', 'left-out'],
    ]);
    expect(asked.at(-1)).toBe('DELETE /api/check/runs/1');
  });

  it('end where the server has forgotten them', async () => {
    const { desk, tick } = deskOf({ 'POST /api/check/runs': () => run({}, 'running') });
    await desk.start(REQUEST);
    tick(250);
    await expect.poll(() => desk.store.getState().runs.echo?.state).toBe('stopped');
    expect(desk.store.getState().problem).toBe(UNREACHABLE);
  });
});

describe('what listens', () => {
  it('is new when it was not there at the first look', async () => {
    const at = (port: number): Listener => ({ transport: 'tcp', address: '127.0.0.1', port });
    let listeners = [at(22), at(80)];
    const { desk, tick } = deskOf({ 'GET /api/check/listeners': () => ({ listeners }) });
    desk.watchListeners();
    await expect.poll(() => desk.store.getState().listeners?.length).toBe(2);
    listeners = [at(22), at(80), at(9_000)];
    tick(2_000);
    await expect
      .poll(() => desk.store.getState().listeners?.map(({ port, isNew }) => [port, isNew]))
      .toEqual([
        [9_000, true],
        [22, false],
        [80, false],
      ]);
  });
});
