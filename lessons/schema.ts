import type { Check } from './checks.ts';
import type { CommandSet } from './commands.ts';
import type { Action } from './solve.ts';

/** What a lesson belongs to; the page has the word for each in every language. */
export const TOPICS = ['sockets', 'addresses', 'tcp', 'udp', 'http', 'programs', 'chat', 'tls'] as const;
/** One of them. */
export type Topic = (typeof TOPICS)[number];

/** A near miss: shown while its step waits. The words are in the MDX, `<Hint id="…">`. */
export interface Hint {
  readonly id: string;
  readonly when: Check;
}

/** A question asked before a step, answered by what is then seen. */
export interface Prediction {
  readonly id: string;
  /** What must be seen for each choice to be what happened, judged over the same events as the step. */
  readonly choices: Readonly<Record<string, Check>>;
}

/** Something the learner does, and how it shows on the wire. */
export interface Step {
  readonly id: string;
  /** What to type, where there is something to type. */
  readonly command?: CommandSet;
  readonly check: Check;
  readonly hints: readonly Hint[];
  readonly predictions?: readonly Prediction[];
  /** Does the step; the tests run it. */
  readonly solve: readonly Action[];
}

/** A "break it" experiment: like a step, outside of the lesson's count. */
export type Experiment = Omit<Step, 'predictions'>;

/** A question about what was learnt; the words and an explanation of every choice are in the MDX. */
export interface Quiz {
  readonly id: string;
  readonly choices: readonly string[];
  readonly right: string;
}

/** The structure of a lesson, once for all languages. Every word a learner reads is in `en.mdx` and `zh.mdx` beside it. */
export interface Lesson {
  /** Names the lesson in addresses and in the progress file: never change it. */
  readonly id: string;
  /** Its place in the course, from 1. */
  readonly number: number;
  /** How long it takes. */
  readonly minutes: number;
  readonly topic: Topic;
  readonly steps: readonly Step[];
  readonly quiz: readonly Quiz[];
  readonly breakIt: readonly Experiment[];
  /** Addresses of what the lesson rests on; both languages link to each of them. */
  readonly sources: readonly string[];
}

/** Declares a lesson: what every `lessons/NN-slug/lesson.ts` exports as `lesson`. `npm run lessons` checks the rest. */
export function defineLesson(lesson: Lesson): Lesson {
  return lesson;
}
