/**
 * Programs to begin with, in the words of Node: each also runs there, unchanged. A connection without a host goes to the
 * other host in the lab, to this machine in Node.
 */

import { READY_CLIENTS } from './ready-clients.ts';
import { READY_SERVERS } from './ready-servers.ts';

/** Names of the ready programs; the page has a sentence for each. */
export type ReadyProgramId = (typeof READY_SERVERS | typeof READY_CLIENTS)[number]['id'];

/** A program as it is offered: its text runs as it stands, in the lab and in Node. */
export interface ReadyProgram {
  readonly id: ReadyProgramId;
  readonly text: string;
}

/** All of them, in the order in which they are offered. */
export const READY_PROGRAMS: readonly ReadyProgram[] = [...READY_SERVERS, ...READY_CLIENTS];

/** A ready program's text. */
export function readyProgram(id: ReadyProgramId): string {
  const program = READY_PROGRAMS.find((each) => each.id === id);
  if (!program) throw new RangeError(`there is no ready program ${id}`);
  return program.text;
}
