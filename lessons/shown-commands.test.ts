import { describe, expect, it, onTestFinished } from 'vitest';
import { startTestPlayground } from '../server/testing/playground.ts';
import { COURSE } from './index.ts';
import { resolveTemplate } from './templates.ts';
import { terminalPerson } from './testing/terminal-person.ts';
import { followLesson } from './testing/wire-viewer.ts';

/** Lessons in which a command does each step, with nothing to type besides. */
const lessons = COURSE.flatMap(({ lesson }) => (lesson?.steps.every((step) => step.command) ? [lesson] : []));

describe.each(lessons)('the commands that lesson $number, $id, shows', (lesson) => {
  it('do every step and experiment in a terminal of the page, as they stand', async () => {
    const playground = await startTestPlayground();
    onTestFinished(() => playground.close());
    const viewer = await followLesson(playground, lesson);
    onTestFinished(() => viewer.close());
    for (const task of [...lesson.steps, ...lesson.breakIt]) {
      const command = resolveTemplate(task.command?.ours ?? '', playground.demos);
      if (!command.ok) throw new Error(`${command.missing.join(', ')} does not run`);
      const person = await terminalPerson(playground);
      onTestFinished(() => person.close());
      await person.run?.(command.text, '');
      await viewer.until(`“${command.text}” to do “${task.id}”`, ({ done }) => done.has(task.id));
    }
    expect(viewer.completions.map(({ id }) => id)).toEqual([...lesson.steps, ...lesson.breakIt].map(({ id }) => id));
  });
});
