import { describe, expect, it } from 'vitest';
import { startTestPlayground } from '../server/testing/playground.ts';
import { lesson } from './01-sockets/lesson.ts';
import { peopleOf } from './testing/people.ts';
import { CLIENT_PROGRAMS, programPerson } from './testing/program-person.ts';
import { followLesson } from './testing/wire-viewer.ts';

describe('lesson 1, followed in the learner’s own terminal', () => {
  it.each(CLIENT_PROGRAMS)('with $name turns every step green, in order', async (client) => {
    const playground = await startTestPlayground();
    const viewer = await followLesson(playground, lesson);
    const people = peopleOf(playground, () => programPerson(client));
    try {
      for (const step of lesson.steps) {
        for (const action of step.solve) await people.act(action);
        await viewer.until(step.id, ({ done }) => done.has(step.id));
      }
      expect(viewer.completions.map(({ id }) => id)).toEqual(lesson.steps.map(({ id }) => id));
    } finally {
      await people.close();
      viewer.close();
      await playground.close();
    }
  });
});
