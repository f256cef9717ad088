import type { Runner } from '../runner.ts';
import type { WireViewer } from './wire-viewer.ts';

/** How often something is done before it has to do its step. */
const MAX_TRIES = 5;

/**
 * Hints that have the learner do it again, for a busy machine was in the way: a program says and finishes in two calls, and
 * between them it may lose the processor to the server; a client may start after all its pauses, or the server read after them,
 * and what was to come in pieces comes whole; the kernel may forget at once a connection that it was to keep.
 */
const DO_AGAIN = new Set(['answer-first', 'forgotten', 'in-one-piece', 'joined', 'whole-character', 'whole-lines']);

/** The client to which that happened, if it did. */
function hinderedClient({ nearMisses }: Runner, step: string): string {
  return String(nearMisses.find(({ of, id }) => of === step && DO_AGAIN.has(id))?.facts.client ?? '');
}

/**
 * Does a step until it is done: again where a hint says so.
 * @param what is done, for the error that says that it did not do its step
 */
export async function doUntilDone(
  viewer: WireViewer,
  step: string,
  act: () => Promise<void>,
  what = 'what solves it',
): Promise<void> {
  let before = '';
  for (let tries = 1; !viewer.runner.done.has(step); tries += 1) {
    await act();
    const hindered = (runner: Runner) => (tries < MAX_TRIES ? hinderedClient(runner, step) : before);
    await viewer.until(`${what} to do “${step}”`, (runner) => runner.done.has(step) || hindered(runner) !== before);
    before = hindered(viewer.runner);
  }
}
