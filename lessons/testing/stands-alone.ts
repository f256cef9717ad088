import type { Step } from '../schema.ts';

/** Whether a step is done by the command that it shows, or by a solve that needs nobody who came in an earlier step. */
export function standsAlone({ command, solve }: Step): boolean {
  return command !== undefined || solve.every((action) => action.do === 'send');
}
