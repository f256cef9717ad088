import { spawn } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { startTestPlayground } from '../server/testing/playground.ts';
import { isSeenOnlyByOurClient } from './checks.ts';
import { type CommandSet, TOOLS, type Tool, typedOn } from './commands.ts';
import type { Experiment, Lesson, Step } from './schema.ts';
import { resolveTemplate } from './templates.ts';
import { doUntilDone } from './testing/do-again.ts';
import { LESSONS } from './testing/lessons.ts';
import { peopleOf } from './testing/people.ts';
import { socketPerson } from './testing/socket-person.ts';
import { standsAlone } from './testing/stands-alone.ts';
import { followLesson } from './testing/wire-viewer.ts';

const lessons = LESSONS.filter(({ steps }) => steps.every(standsAlone));
const cases = lessons.flatMap((lesson) => toolsOf(lesson).map((tool) => [tool, lesson.id, lesson] as const));

/** Clients that at least one command of the lesson is written for. */
function toolsOf(lesson: Lesson): readonly Tool[] {
  return TOOLS.filter((tool) => [...lesson.steps, ...lesson.breakIt].some(({ command }) => command?.own[tool]));
}

/** The lesson up to the first step that its own terminal cannot show. */
function doable(lesson: Lesson, captures: boolean): readonly (Step | Experiment)[] {
  const tasks = [...lesson.steps, ...lesson.breakIt.filter(({ program }) => !program)];
  const end = tasks.findIndex((task) => isSeenOnlyByOurClient(task.check, captures));
  return end < 0 ? tasks : tasks.slice(0, end);
}

function commandFor(tool: Tool, own: CommandSet['own']): string {
  return typedOn(process.platform, own[tool] ?? own.node ?? '');
}

/** Types a command into a shell of the machine, whose keyboard stays open; returns what ends it and all that it started. */
function typed(command: string): () => void {
  const shell = spawn('sh', ['-c', command], { stdio: ['pipe', 'ignore', 'ignore'], detached: true });
  return () => {
    if (shell.pid !== undefined && shell.exitCode === null && shell.signalCode === null) process.kill(-shell.pid);
  };
}

/** Most of the time goes by in waiting for programs: several at once wait together. */
describe.concurrent('a command shown for the learner’s own terminal', () => {
  it.for(cases)('with %s does every step of %s', async ([tool, _id, lesson], { onTestFinished }) => {
    const playground = await startTestPlayground();
    onTestFinished(() => playground.close());
    const viewer = await followLesson(playground, lesson, true);
    onTestFinished(() => viewer.close());
    const tasks = doable(lesson, viewer.captures);
    for (const task of tasks) {
      if (!task.command) {
        const people = peopleOf(playground, socketPerson);
        onTestFinished(() => people.close());
        for (const action of task.solve) await people.act(action);
        await viewer.until(`“${task.id}” to be done`, ({ done }) => done.has(task.id));
        continue;
      }
      const command = resolveTemplate(commandFor(tool, task.command.own), playground.demos);
      if (!command.ok) throw new Error(`${command.missing.join(', ')} does not run`);
      viewer.solveInPlaceOfPackets(task);
      const type = async () => onTestFinished(typed(command.text));
      await doUntilDone(viewer, task.id, type, `“${command.text}”`);
    }
    expect(viewer.completions.map(({ id }) => id)).toEqual(tasks.map(({ id }) => id));
  });
});
