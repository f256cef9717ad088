/**
 * Lesson 14 with another server behind `--xmpp-upstream`: every step of it can be done there as well. What a step shows
 * as a command is run as it stands: Prosody answers nobody who has sent a FIN, and the command waits before it sends one.
 */
import { expect, it, onTestFinished } from 'vitest';
import { startProsody } from '../../server/demos/xmpp/testing/prosody.ts';
import { startTestPlayground } from '../../server/testing/playground.ts';
import { run } from '../solve.ts';
import { peopleOf } from '../testing/people.ts';
import { terminalPerson } from '../testing/terminal-person.ts';
import { followLesson } from '../testing/wire-viewer.ts';
import { lesson } from './lesson.ts';

it('turns green step by step in front of a real Prosody', async () => {
  const prosody = await startProsody();
  onTestFinished(() => prosody.stop());
  const playground = await startTestPlayground({ xmppUpstream: { host: '127.0.0.1', port: prosody.port } });
  onTestFinished(() => playground.close());
  const viewer = await followLesson(playground, lesson);
  const people = peopleOf(playground, () => terminalPerson(playground));
  onTestFinished(async () => {
    await people.close();
    viewer.close();
  });
  const tasks = [...lesson.steps, ...lesson.breakIt];
  for (const { id, command, solve } of tasks) {
    for (const action of solve) await people.act(action.do === 'send' && command ? run(id, command.ours, '') : action);
    await viewer.until(`“${id}” to be done`, ({ done }) => done.has(id));
  }
  expect(viewer.completions.map(({ id }) => id)).toEqual(tasks.map(({ id }) => id));
  expect(Object.assign({}, ...viewer.completions.map(({ observed }) => observed))).toEqual({ 'what-now': 'other' });
});
