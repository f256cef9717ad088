import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freePort } from '../server/testing/free-port.ts';
import { startTestPlayground } from '../server/testing/playground.ts';
import type { Experiment, Lesson } from './schema.ts';
import { LESSONS } from './testing/lessons.ts';
import { type People, peopleOf } from './testing/people.ts';
import { terminalPerson } from './testing/terminal-person.ts';
import { followLesson, type WireViewer } from './testing/wire-viewer.ts';

const run = promisify(execFile);

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'porthole-programs-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Experiments that begin with a program of the learner's. */
const cases = LESSONS.flatMap((lesson) =>
  lesson.breakIt.flatMap(({ id, program }) => (program ? [{ lesson, id, name: `${lesson.id}, ${id}` }] : [])),
).filter(({ id }) => id !== 'backlog' || saysHowManyWait(process.platform));

/** Whether the system's socket table says how many connections wait for accept(). */
function saysHowManyWait(platform: NodeJS.Platform): boolean {
  return platform === 'linux';
}

/** The lesson with its own ports exchanged for ones that nobody has: a connection in TIME-WAIT would keep them for the next run. */
async function onFreePorts(lesson: Lesson): Promise<Lesson> {
  const others = new Map<string, string>();
  for (const port of lesson.ports ?? []) if (port > 1_023) others.set(String(port), String(await freePort()));
  // In one go: a new port may have an old one's digits.
  return JSON.parse(JSON.stringify(lesson).replace(/\d+/g, (digits) => others.get(digits) ?? digits));
}

/** The experiment with its program in C, compiled. */
async function inC({ program, ...rest }: Experiment): Promise<Experiment> {
  const [source, binary] = [join(folder, `${rest.id}.c`), join(folder, rest.id)];
  await writeFile(source, program?.c ?? '');
  await run('cc', ['-Wall', '-Wextra', '-Werror', '-o', binary, source]);
  const solve = rest.solve.map((action) =>
    action.do === 'program' ? { ...action, command: action.command.replace(program?.python ?? '', binary) } : action,
  );
  return { ...rest, solve };
}

/** The test that is running; several run at once, for they wait for SYNs to be sent again. */
interface Running {
  readonly onTestFinished: (close: () => Promise<void>) => void;
}

async function begin(
  lesson: Lesson,
  captures: boolean,
  { onTestFinished }: Running,
): Promise<{ viewer: WireViewer; people: People }> {
  const playground = await startTestPlayground();
  onTestFinished(() => playground.close());
  const viewer = await followLesson(playground, { ...lesson, steps: [] }, captures);
  const people = peopleOf(playground, () => terminalPerson(playground));
  onTestFinished(async () => {
    await people.close();
    viewer.close();
  });
  return { viewer, people };
}

describe.concurrent.each(cases)(
  'the experiment with a program of the learner’s own: $name',
  ({ lesson: written, id }) => {
    it.for([
      ['in Python, with a capture', false, true],
      ['in C, with the socket table alone', true, false],
    ] as const)('%s', async ([_name, isC, captures], test) => {
      const lesson = await onFreePorts(written);
      const found = lesson.breakIt.find((each) => each.id === id);
      if (!found) throw new Error(`there is no experiment ${id}`);
      const { solve } = isC ? await inC(found) : found;
      const { viewer, people } = await begin(lesson, captures, test);
      for (const [index, action] of solve.entries()) {
        expect(viewer.runner.done.has(id), `done before action ${index + 1}`).toBe(false);
        await people.act(action);
      }
      await viewer.until(`“${id}” to be done`, ({ done }) => done.has(id));
      const completion = viewer.completions.find((each) => each.id === id);
      expect(completion?.evidence).toContain('kernel');
      expect(completion?.evidence.includes('captured')).toBe(viewer.captures);
    });
  },
);
