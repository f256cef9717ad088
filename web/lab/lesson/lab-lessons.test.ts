import { describe, expect, test } from 'vitest';
import type { LabSighting } from '#lessons/lab-checks.ts';
import type { LabDrop, LabScene } from '#lessons/lab-scene.ts';
import { type Completion, createRunner, type Runner } from '#lessons/runner.ts';
import type { Experiment, Lesson, Step } from '#lessons/schema.ts';
import { LESSONS } from '#lessons/testing/lessons.ts';
import { kindOf } from '../net/packet-kind.ts';
import { TestLab } from '../net/testing/lab.ts';
import { setupOfScene } from './scene-setup.ts';
import { SightingReader } from './sightings.ts';

const lessons = LESSONS.filter(({ steps }) => steps.some(({ lab }) => lab));

/** Whether the packet that was just sent is one to take off the wire. */
function grabber(grab: readonly LabDrop[], { run }: TestLab): (packet: number) => boolean {
  const seen = grab.map(() => 0);
  return (id) =>
    grab.some(({ from, kind, nth, count = 1 }, index) => {
      const packet = run.packets[id];
      if (!packet || packet.from !== from || kindOf(packet.bytes) !== kind) return false;
      seen[index] = (seen[index] ?? 0) + 1;
      const number = seen[index] ?? 0;
      return number >= nth && number < nth + count;
    });
}

/** Plays a scene to its end; what was seen. */
async function play(scene: LabScene, grab: readonly LabDrop[] = []): Promise<readonly LabSighting[]> {
  const lab = new TestLab(setupOfScene(scene));
  const reader = new SightingReader(lab.run);
  const isToBeGrabbed = grabber(grab, lab);
  if (grab.length === 0) await lab.finish();
  for (let count = 0; grab.length > 0 && (await lab.driver.step()); count = lab.run.events.length) {
    for (const event of lab.run.events.slice(count))
      if (event.kind === 'sent' && isToBeGrabbed(event.packet))
        expect(await lab.driver.act({ deed: 'drop', packet: event.packet, copy: 0 })).toBeNull();
  }
  expect(lab.run.end).toBe('nothing-left');
  return reader.take();
}

async function solve(task: Step | Experiment, runner: Runner): Promise<readonly Completion[]> {
  const completions: Completion[] = [];
  for (const action of task.solve) {
    if (action.do !== 'play' || !task.lab) throw new Error(`${task.id} is not done in the lab`);
    completions.push(...runner.feedLab(task.id, await play(task.lab, action.grab), 1_000));
  }
  return completions;
}

/** The same scene where nothing goes wrong: clean wire, a modern TCP, a reader that reads. */
function calm(scene: LabScene): LabScene {
  return { seed: scene.seed, a: ['hello-client'], b: ['echo-server'] };
}

describe.each(lessons)('lesson $number, $id', (lesson: Lesson) => {
  test('turns every step green, in order, and settles every prediction', async () => {
    const runner = createRunner({ lesson, done: new Set() });
    for (const step of lesson.steps) {
      const completions = await solve(step, runner);
      expect(completions.map(({ id }) => id)).toEqual([step.id]);
      for (const { id, choices } of step.predictions ?? [])
        expect(Object.keys(choices)).toContain(completions[0]?.observed[id]);
      expect(Number(completions[0]?.facts.at)).toBeGreaterThanOrEqual(0);
    }
  });

  test('turns nothing green where nothing of the kind happens', async () => {
    const runner = createRunner({ lesson, done: new Set() });
    for (const step of lesson.steps) {
      expect(runner.active).toBe(step.id);
      if (step.lab) expect(runner.feedLab(step.id, await play(calm(step.lab)), 1_000)).toEqual([]);
      await solve(step, runner);
    }
  });

  test('what is seen in the scene of one step does not count for another', async () => {
    const runner = createRunner({ lesson, done: new Set() });
    const [first, second] = lesson.steps;
    if (!first?.lab || !second) throw new Error('a lesson has at least three steps');
    expect(runner.feedLab(second.id, await play(first.lab), 1_000)).toEqual([]);
    expect(runner.active).toBe(first.id);
  });

  test('has experiments that work, after the steps', async () => {
    const runner = createRunner({ lesson, done: new Set(lesson.steps.map(({ id }) => id)) });
    for (const experiment of lesson.breakIt)
      expect((await solve(experiment, runner)).map(({ id }) => id)).toEqual([experiment.id]);
  });
});
