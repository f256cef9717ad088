import { describe, expect, it } from 'vitest';
import { startTestPlayground, type TestPlayground } from '../server/testing/playground.ts';
import { isSeenOnlyByOurClient } from './checks.ts';
import type { Experiment, Lesson, Step } from './schema.ts';
import { LESSONS } from './testing/lessons.ts';
import { type People, type Person, peopleOf } from './testing/people.ts';
import { socketPerson } from './testing/socket-person.ts';
import { terminalPerson } from './testing/terminal-person.ts';
import { followLesson, type WireViewer } from './testing/wire-viewer.ts';

type Arrive = (playground: TestPlayground) => Promise<Person>;

/** The test that is running; several run at once, for most of their time goes by in waiting. */
interface Running {
  readonly onTestFinished: (close: () => Promise<void>) => void;
}

/**
 * A lesson that is followed by the page, and people who do it; over when the test is. Each test has a playground of its own:
 * what another left open would count as open here too.
 */
async function begin(
  lesson: Lesson,
  arrive: Arrive,
  { onTestFinished }: Running,
): Promise<{ viewer: WireViewer; people: People }> {
  const playground = await startTestPlayground();
  onTestFinished(() => playground.close());
  const viewer = await followLesson(playground, lesson);
  const people = peopleOf(playground, () => arrive(playground));
  onTestFinished(async () => {
    await people.close();
    viewer.close();
  });
  return { viewer, people };
}

/** Does one step, and waits until it is done. */
async function solve(task: Step | Experiment, viewer: WireViewer, people: People): Promise<void> {
  for (const action of task.solve) await people.act(action);
  await viewer.until(`“${task.id}” to be done`, ({ done }) => done.has(task.id));
}

const clients = [
  ['a terminal of the page', terminalPerson, true],
  ['a program of the learner’s own', socketPerson, false],
] as const;
/** Lessons that are done in the lab are followed there: web/lab/lesson. */
const lessons = LESSONS.filter(({ steps }) => !steps.some(({ lab }) => lab));

describe.concurrent.each(lessons)('lesson $number, $id', (lesson) => {
  const stepIds = lesson.steps.map(({ id }) => id);

  describe.each(clients)('followed with %s', (_name, arrive, isOurs) => {
    const canDo = (task: Step | Experiment) => isOurs || !isSeenOnlyByOurClient(task.check);
    const doable = lesson.steps.filter((_step, index) => lesson.steps.slice(0, index + 1).every(canDo));

    it('turns every step green, in order', async (test) => {
      const { viewer, people } = await begin(lesson, arrive, test);
      for (const step of doable) await solve(step, viewer, people);
      const done = viewer.completions.filter(({ kind }) => kind === 'step').map(({ id }) => id);
      expect(done).toEqual(doable.map(({ id }) => id));
      for (const { facts } of viewer.completions) expect(facts.client ?? facts.code).toBeTruthy();
    });

    it.for(doable.map((step, index) => [step.id, index] as const))(
      'leaves “%s” open while it is not done',
      async ([id, index], test) => {
        const { viewer, people } = await begin(lesson, arrive, test);
        for (const step of lesson.steps.slice(0, index)) await solve(step, viewer, people);
        await viewer.caughtUp();
        expect(viewer.runner.active).toBe(id);
        expect([...viewer.runner.done]).toEqual(stepIds.slice(0, index));
      },
    );

    it('settles every prediction', async (test) => {
      const { viewer, people } = await begin(lesson, arrive, test);
      for (const step of doable) await solve(step, viewer, people);
      const predictions = doable.flatMap(({ predictions = [] }) => predictions);
      const observed = Object.assign({}, ...viewer.completions.map((completion) => completion.observed));
      for (const { id, choices } of predictions) expect(Object.keys(choices)).toContain(observed[id]);
    });
  });

  it('turns nothing green when nobody does anything', async (test) => {
    const { viewer } = await begin(lesson, socketPerson, test);
    await viewer.caughtUp();
    expect(viewer.completions).toEqual([]);
    expect(viewer.runner.active).toBe(stepIds[0]);
  });

  it('has experiments that work in a terminal of the page, and only after the steps', async (test) => {
    const { viewer, people } = await begin(lesson, terminalPerson, test);
    for (const step of lesson.steps) await solve(step, viewer, people);
    await viewer.caughtUp();
    expect(viewer.completions.filter(({ kind }) => kind === 'experiment')).toEqual([]);
    for (const experiment of lesson.breakIt) await solve(experiment, viewer, people);
    const done = viewer.completions.filter(({ kind }) => kind === 'experiment').map(({ id }) => id);
    expect(done).toEqual(lesson.breakIt.map(({ id }) => id));
  });
});
