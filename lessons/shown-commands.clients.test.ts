import { spawn } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { startTestPlayground } from '../server/testing/playground.ts';
import { isSeenOnlyByOurClient } from './checks.ts';
import { type CommandSet, TOOLS, type Tool, typedOn } from './commands.ts';
import type { Runner } from './runner.ts';
import type { Experiment, Lesson, Step } from './schema.ts';
import { resolveTemplate } from './templates.ts';
import { LESSONS } from './testing/lessons.ts';
import { peopleOf } from './testing/people.ts';
import { socketPerson } from './testing/socket-person.ts';
import { standsAlone } from './testing/stands-alone.ts';
import { followLesson, type WireViewer } from './testing/wire-viewer.ts';

/** How often a command is typed before it has to do its step. */
const MAX_TRIES = 5;

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

/**
 * Hints that have the learner type a command again, for a busy machine was in its way: a program says and finishes in two
 * calls, and between them it may lose the processor to the server; a client may start after all its pauses, or the server read
 * after them, and what was to come in pieces comes whole.
 */
const TYPE_AGAIN = new Set(['answer-first', 'in-one-piece', 'joined', 'whole-character', 'whole-lines']);

/** The client that was overtaken, if one was. */
function overtakenBy({ runner }: WireViewer, step: string): string {
  return String(runner.nearMisses.find(({ of, id }) => of === step && TYPE_AGAIN.has(id))?.facts.client ?? '');
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
      let overtaken = '';
      for (let tries = 1; !viewer.runner.done.has(task.id); tries += 1) {
        onTestFinished(typed(command.text));
        const again = () => (tries < MAX_TRIES ? overtakenBy(viewer, task.id) : overtaken);
        const settled = ({ done }: Runner) => done.has(task.id) || again() !== overtaken;
        await viewer.until(`“${command.text}” to do “${task.id}”`, settled);
        overtaken = again();
      }
    }
    expect(viewer.completions.map(({ id }) => id)).toEqual(tasks.map(({ id }) => id));
  });
});
