import { describe, expect, it } from 'vitest';
import { startTestPlayground, type TestPlayground } from '../server/testing/playground.ts';
import { lesson as handshake } from './04-handshake/lesson.ts';
import { isSeenOnlyByOurClient, looksAtPackets } from './checks.ts';
import type { Experiment, Lesson, Step } from './schema.ts';
import { doUntilDone } from './testing/do-again.ts';
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
  captures: boolean,
  { onTestFinished }: Running,
): Promise<{ viewer: WireViewer; people: People }> {
  const playground = await startTestPlayground();
  onTestFinished(() => playground.close());
  const viewer = await followLesson(playground, lesson, captures);
  const people = peopleOf(
    playground,
    () => arrive(playground),
    (clientPort, bytes) => viewer.arrived(clientPort, bytes),
  );
  onTestFinished(async () => {
    await people.close();
    viewer.close();
  });
  return { viewer, people };
}

/** Does one step, and waits until it is done. */
async function solve(task: Step | Experiment, viewer: WireViewer, people: People): Promise<void> {
  await doUntilDone(viewer, task.id, async () => {
    for (const action of task.solve) await people.act(action);
    viewer.solveInPlaceOfPackets(task);
  });
}

const clients = [
  ['a terminal of the page', terminalPerson, true],
  ['a program of the learner’s own', socketPerson, false],
] as const;

/** Lessons that are done in the lab are followed there: web/lab/lesson. */
const lessons = LESSONS.filter(({ steps }) => !steps.some(({ lab }) => lab));

/** Each lesson; those that look at packets once with a capture, where this system lets us, and once without. */
const ways = lessons.flatMap((lesson) => {
  const looks = [...lesson.steps, ...lesson.breakIt].some(({ check }) => looksAtPackets(check));
  const name = `lesson ${lesson.number}, ${lesson.id}`;
  return looks
    ? [
        { lesson, name: `${name}, with a capture`, captures: true, whose: clients },
        // What is seen without packets is seen of either client; one of them will do.
        { lesson, name: `${name}, without a capture`, captures: false, whose: clients.slice(0, 1) },
      ]
    : [{ lesson, name, captures: false, whose: clients }];
});

describe.concurrent.each(ways)('$name', ({ lesson, captures, whose }) => {
  const stepIds = lesson.steps.map(({ id }) => id);

  describe.each(whose)('followed with %s', (_name, arrive, isOurs) => {
    const canDo = (task: Step | Experiment) =>
      isOurs || (!isSeenOnlyByOurClient(task.check, captures) && !task.solve.some((action) => action.do === 'run'));
    const doable = lesson.steps.filter((_step, index) => lesson.steps.slice(0, index + 1).every(canDo));

    it('turns every step green, in order, and settles every prediction', async (test) => {
      const { viewer, people } = await begin(lesson, arrive, captures, test);
      for (const step of doable) await solve(step, viewer, people);
      const done = viewer.completions.filter(({ kind }) => kind === 'step').map(({ id }) => id);
      expect(done).toEqual(doable.map(({ id }) => id));
      for (const { facts } of viewer.completions) expect(facts.client ?? facts.code).toBeTruthy();
      const predictions = doable.flatMap(({ predictions = [] }) => predictions);
      const observed = Object.assign({}, ...viewer.completions.map((completion) => completion.observed));
      for (const { id, choices } of predictions) expect(Object.keys(choices)).toContain(observed[id]);
    });

    it.for(doable.map((step, index) => [step.id, index] as const))(
      'leaves “%s” open while it is not done',
      async ([id, index], test) => {
        const { viewer, people } = await begin(lesson, arrive, captures, test);
        for (const step of lesson.steps.slice(0, index)) await solve(step, viewer, people);
        await viewer.caughtUp();
        expect(viewer.runner.active).toBe(id);
        expect([...viewer.runner.done]).toEqual(stepIds.slice(0, index));
      },
    );
  });

  it('turns nothing green when nobody does anything', async (test) => {
    const { viewer } = await begin(lesson, socketPerson, captures, test);
    await viewer.caughtUp();
    expect(viewer.completions).toEqual([]);
    expect(viewer.runner.active).toBe(stepIds[0]);
  });

  it('has experiments that work in a terminal of the page, and only after the steps', async (test) => {
    const { viewer, people } = await begin(lesson, terminalPerson, captures, test);
    for (const step of lesson.steps) await solve(step, viewer, people);
    await viewer.caughtUp();
    expect(viewer.completions.filter(({ kind }) => kind === 'experiment')).toEqual([]);
    // Those that need a program of the learner's are done with real ones: own-programs.clients.test.ts.
    const experiments = lesson.breakIt.filter(({ program }) => !program);
    for (const experiment of experiments) await solve(experiment, viewer, people);
    const done = viewer.completions.filter(({ kind }) => kind === 'experiment').map(({ id }) => id);
    expect(done).toEqual(experiments.map(({ id }) => id));
  });
});

it('where nothing is captured, a step that looks at packets waits for the exercise in their place', async (test) => {
  const { viewer, people } = await begin(handshake, socketPerson, false, test);
  const [open] = handshake.steps;
  for (const action of open?.solve ?? []) await people.act(action);
  await viewer.caughtUp();
  expect(viewer.runner.active).toBe('open');
  viewer.solve('refusal');
  expect(viewer.runner.active).toBe('open');
  viewer.solve('in-order');
  expect(viewer.runner.active).toBe('numbers-move');
});
