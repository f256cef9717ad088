import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it, type TestContext } from 'vitest';
import { LANGUAGES } from '../../lessons/11-your-own-server/languages.ts';
import { Program } from '../demos/testing/program.ts';
import { Arrivals } from './arrivals.ts';
import { CHALLENGES, challengeById } from './catalogue.ts';
import type { Challenge } from './challenge.ts';
import { systemClock } from './clock.ts';
import { verdictOn } from './testing/checked.ts';
import { ALL_SOLUTIONS, type Solution } from './testing/solutions.ts';

const run = promisify(execFile);

let folder = '';
const started = new Set<string>();

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'porthole-solutions-'));
  const files = new Set(ALL_SOLUTIONS.filter(({ language }) => language === 'c').map(({ file }) => file));
  await Promise.all([...files].map((file) => run('cc', ['-O1', '-o', built(file), file])));
});

afterAll(() => rm(folder, { recursive: true, force: true }));

function built(file: string): string {
  return join(folder, basename(file, '.c'));
}

function start({ language, file }: Solution, port: number, test: TestContext): Program {
  started.add(basename(file));
  const command = { c: [built(file)], python: ['python3', file], node: [process.execPath, file] }[language];
  const [name = '', ...args] = [...command, String(port)];
  const program = Program.start(name, args);
  test.onTestFinished(() => program.stop());
  return program;
}

/** The port that a server says it listens on, in its first line. */
async function portOf(program: Program): Promise<number> {
  await program.prints('\n');
  return Number(/listening on 127\.0\.0\.1 port (\d+)\n/.exec(program.text)?.[1]);
}

async function check(challenge: Challenge, solution: Solution, seed: number, test: TestContext) {
  if (challenge.writes === 'client') {
    const arrivals = await Arrivals.listen(0);
    for (const _ of challenge.stages) start(solution, arrivals.endpoint.port, test);
    return verdictOn(challenge, arrivals.endpoint.port, { arrivals, seed, clock: systemClock });
  }
  const port = await portOf(start(solution, 0, test));
  return verdictOn(challenge, port, { seed, clock: systemClock });
}

/** All challenges at once, three languages each, take their time on a machine with other work to do. */
const PATIENCE_MS = 120_000;

describe.concurrent('the check passes', () => {
  it.for(CHALLENGES)('$id in C, Python and Node, with two seeds', { timeout: PATIENCE_MS }, async (challenge, test) => {
    const solutions = ALL_SOLUTIONS.filter((each) => each.challenge === challenge.id);
    expect(solutions.map(({ language }) => language)).toEqual(['c', 'python', 'node']);
    const outcomes = solutions.map(async (solution) => {
      for (const seed of [1, 2_026]) {
        const { run, sentence } = await check(challenge, solution, seed, test);
        expect([solution.language, run.state, sentence]).toEqual([solution.language, 'passed', '']);
      }
    });
    await Promise.all(outcomes);
  });
});

describe('the commands that show a failure', () => {
  it('are such that a POSIX shell takes them', async () => {
    const target = { address: '127.0.0.1', port: 9_000 };
    const commands = CHALLENGES.flatMap(({ stages }) => stages.map((stage) => stage.command(target)));
    await run('sh', ['-n', '-c', commands.join('\n')]);
  });

  it('do what the stage does, against a right server', async (test) => {
    const solution = ALL_SOLUTIONS.find(({ challenge, language }) => challenge === 'lines' && language === 'python');
    if (!solution) throw new Error('there is no such solution');
    const port = await portOf(start(solution, 0, test));
    const stage = challengeById('lines')?.stages.find(({ id }) => id === 'cut');
    const { stdout } = await run('sh', ['-c', stage?.command({ address: '127.0.0.1', port }) ?? '']);
    expect(stdout).toBe('5 hello\n');
  });
});

describe('the list of solutions', () => {
  it('is what lesson 11 says is run by the tests, after they have run', () => {
    for (const { server, client, runByTests } of LANGUAGES)
      expect([server, client].map((file) => [file, started.has(file)])).toEqual([
        [server, runByTests],
        [client, runByTests],
      ]);
  });
});
