/** What goes between the page and the worker of a program. */
import type { ProgramCall, Turn } from '../../net/programs/turn.ts';

/** To the worker: once its program, then one turn after the other. */
export type ToProgram =
  | { readonly type: 'load'; readonly text: string; readonly seed: number }
  | { readonly type: 'turn'; readonly turn: Turn };

/** From the worker: once that it is there, and an answer to each turn. */
export type FromProgram = typeof PROGRAM_READY | { readonly calls: readonly ProgramCall[] };

/** What a worker says when its program is loaded, before anything of it runs. */
export const PROGRAM_READY = 'ready';
