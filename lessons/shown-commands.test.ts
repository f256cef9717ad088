import { describe, expect, it, onTestFinished } from 'vitest';
import { startTestPlayground } from '../server/testing/playground.ts';
import { run } from './solve.ts';
import { LESSONS } from './testing/lessons.ts';
import { peopleOf } from './testing/people.ts';
import { standsAlone } from './testing/stands-alone.ts';
import { terminalPerson } from './testing/terminal-person.ts';
import { followLesson } from './testing/wire-viewer.ts';

/** Lessons in which a command does each step, or what is typed there needs nobody from another step. */
const lessons = LESSONS.filter(({ steps }) => steps.every(standsAlone));

describe.each(lessons)('the commands that lesson $number, $id, shows', (lesson) => {
  it('do every step and experiment in a terminal of the page, as they stand', async () => {
    const playground = await startTestPlayground();
    onTestFinished(() => playground.close());
    const viewer = await followLesson(playground, lesson, true);
    onTestFinished(() => viewer.close());
    const tasks = [...lesson.steps, ...lesson.breakIt.filter(({ program }) => !program)];
    for (const task of tasks) {
      const people = peopleOf(playground, () => terminalPerson(playground));
      onTestFinished(() => people.close());
      const ours = task.command?.ours;
      const actions = ours === undefined ? task.solve : [run('whoever', ours, '')];
      for (const action of actions) await people.act(action);
      viewer.solveInPlaceOfPackets(task);
      await viewer.until(`“${ours}” to do “${task.id}”`, ({ done }) => done.has(task.id));
    }
    expect(viewer.completions.map(({ id }) => id)).toEqual(tasks.map(({ id }) => id));
  });
});
