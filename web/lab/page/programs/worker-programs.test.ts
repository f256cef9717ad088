import { beforeEach, expect, it } from 'vitest';
import type { Clock } from '../../../session/clock.ts';
import type { RunSetup } from '../../net/run-setup.ts';
import { setup } from '../testing/setup.ts';
import { PROGRAM_READY, type ToProgram } from './program-messages.ts';
import { BEGIN_MS, HANG_MS, type ProgramWorker, WorkerPrograms } from './worker-programs.ts';

/** A worker that says what the test says. */
class ScriptedWorker implements ProgramWorker {
  readonly heard: ToProgram[] = [];
  ended = false;
  onmessage: ProgramWorker['onmessage'] = null;
  onerror: ProgramWorker['onerror'] = null;
  postMessage(message: ToProgram): void {
    this.heard.push(message);
  }
  terminate(): void {
    this.ended = true;
  }
}

let workers: ScriptedWorker[];
let waiting: { readonly ms: number; readonly run: () => void }[];
let programs: WorkerPrograms;

const clock: Clock = {
  now: () => 0,
  after(ms, run) {
    const timer = { ms, run };
    waiting.push(timer);
    return () => {
      waiting = waiting.filter((each) => each !== timer);
    };
  },
};

/** Lets the time of the earliest timer come. */
function expire(): number {
  const [timer] = waiting.splice(0, 1);
  timer?.run();
  return timer?.ms ?? -1;
}

const run: RunSetup = setup({ programs: { a: [{ name: 'own', text: 'net.connect(7)' }], b: [] } });
const turn = { host: 'a', program: 0, now: 0, event: { event: 'start' } } as const;

beforeEach(() => {
  workers = [];
  waiting = [];
  const spawn = () => {
    const worker = new ScriptedWorker();
    workers.push(worker);
    return worker;
  };
  programs = new WorkerPrograms({ spawn, clock, sentence: (end) => `it ${end}` }, run);
});

it('gives a program its text and its turns, and answers with its calls', async () => {
  const answer = programs.turn(turn);
  const [worker] = workers;
  expect(worker?.heard).toEqual([
    { type: 'load', text: 'net.connect(7)', seed: run.seed },
    { type: 'turn', turn },
  ]);
  const calls = [{ call: 'connect', socket: 1, port: 7, host: null }];
  worker?.onmessage?.({ data: { calls } });
  expect(await answer).toEqual(calls);
  expect([waiting, worker?.ended]).toEqual([[], false]);
});

it('ends a program that hangs, says so once, and asks it nothing more', async () => {
  const answer = programs.turn(turn);
  workers[0]?.onmessage?.({ data: PROGRAM_READY });
  expect([expire(), expire()]).toEqual([HANG_MS, 0]);
  expect(await answer).toEqual([{ call: 'fail', text: 'it hung', line: null }]);
  expect(workers[0]?.ended).toBe(true);
  expect(await programs.turn(turn)).toEqual([]);
  expect(workers).toHaveLength(1);
});

it('is patient until the worker is there', async () => {
  const answer = programs.turn(turn);
  expect([expire(), expire()]).toEqual([BEGIN_MS, 0]);
  expect(await answer).toEqual([{ call: 'fail', text: 'it died', line: null }]);
});

it('measures every turn from its own beginning', async () => {
  const first = programs.turn(turn);
  workers[0]?.onmessage?.({ data: PROGRAM_READY });
  workers[0]?.onmessage?.({ data: { calls: [] } });
  await first;
  void programs.turn(turn);
  expect(waiting.map(({ ms }) => ms)).toEqual([HANG_MS]);
});

it('believes an answer that was there before the page woke', async () => {
  const answer = programs.turn(turn);
  expire();
  workers[0]?.onmessage?.({ data: { calls: [] } });
  expect([await answer, waiting]).toEqual([[], []]);
});

it('ends a program whose worker dies', async () => {
  const answer = programs.turn(turn);
  workers[0]?.onerror?.({});
  expect(await answer).toEqual([{ call: 'fail', text: 'it died', line: null }]);
});

it.each([
  ['nothing', undefined],
  ['that it is there, for the second time', PROGRAM_READY],
  ['no list', { calls: 'all' }],
  ['a call that there is not', { calls: [{ call: 'fetch', url: '/api' }] }],
  ['a call named like a method', { calls: [{ call: 'constructor' }] }],
  ['octets that are none', { calls: [{ call: 'write', socket: 1, bytes: 'x' }] }],
  ['a port out of range', { calls: [{ call: 'listen', socket: 1, port: 65_536, backlog: 1 }] }],
  ['too many calls', { calls: Array.from({ length: 10_001 }, () => ({ call: 'end', socket: 1 })) }],
  ['too many octets', { calls: [{ call: 'write', socket: 1, bytes: new Uint8Array(16 * 1024 * 1024 + 1) }] }],
])('ends a program whose worker says %s', async (_, data) => {
  const answer = programs.turn(turn);
  workers[0]?.onmessage?.({ data: PROGRAM_READY });
  workers[0]?.onmessage?.({ data });
  expect(await answer).toEqual([{ call: 'fail', text: 'it malformed', line: null }]);
});

it('begins anew after a restart', async () => {
  void programs.turn(turn);
  await programs.restart();
  void programs.turn(turn);
  expect(workers.map(({ ended }) => ended)).toEqual([true, false]);
});
