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
  await Promise.all(
    [...files].map((file) => run('cc', ['-Wall', '-Wextra', '-Werror', '-O1', '-o', built(file), file])),
  );
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

async function check(challenge: Challenge, solution: Solution, seed: number, test: TestContext) {
  if (challenge.writes === 'client') {
    const arrivals = await Arrivals.listen(0);
    for (const _ of challenge.stages) start(solution, arrivals.endpoint.port, test);
    return verdictOn(challenge, arrivals.endpoint.port, { arrivals, seed, clock: systemClock });
  }
  const program = start(solution, 0, test);
  await program.prints('listening on 127.0.0.1 port ');
  while (!program.text.includes('\n')) await program.prints('\n');
  const port = Number(/port (\d+)/.exec(program.text)?.[1]);
  return verdictOn(challenge, port, { seed, clock: systemClock });
}

describe.concurrent('the check passes', () => {
  it.for(ALL_SOLUTIONS)('$challenge in $language, with two seeds', async (solution, test) => {
    const challenge = challengeById(solution.challenge);
    if (!challenge) throw new Error('there is no such challenge');
    for (const seed of [1, 2_026]) {
      const { run, sentence } = await check(challenge, solution, seed, test);
      expect([sentence, run.state]).toEqual(['', 'passed']);
    }
  });
});

describe('the list of solutions', () => {
  it('has every challenge in every language', () => {
    for (const { id } of CHALLENGES) {
      const languages = ALL_SOLUTIONS.filter(({ challenge }) => challenge === id).map(({ language }) => language);
      expect([id, languages]).toEqual([id, ['c', 'python', 'node']]);
    }
  });

  it('is what lesson 11 says is run by the tests, after they have run', () => {
    for (const { server, client, runByTests } of LANGUAGES)
      expect([server, client].map((file) => [file, started.has(file)])).toEqual([
        [server, runByTests],
        [client, runByTests],
      ]);
  });
});
