import type { Check } from './checks.ts';
import type { CommandSet } from './commands.ts';
import type { LabScene } from './lab-scene.ts';
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

/** A program of the learner's own, which the terminal of the page can't run: the same one in two languages. */
export interface OwnProgram {
  /** A command for a shell. */
  readonly python: string;
  /** The source of a C program for POSIX sockets. */
  readonly c: string;
  /** What both print once they listen. */
  readonly prints: string;
}

/** Something the learner does, and how it shows on the wire. */
export interface Step {
  readonly id: string;
  /** What to type, where there is something to type. */
  readonly command?: CommandSet;
  /** A program that the learner starts first. */
  readonly program?: OwnProgram;
  /** The step is done in the lab, in this scene; its checks are those of lab-checks.ts, and it has no command. */
  readonly lab?: LabScene;
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

/** A packet of a capture, told by what it is rather than by its number: the answer is looked up in the capture itself. */
export interface PacketWanted {
  /** Control bits that are set, as `syn`; others may be, too, unless `only`. */
  readonly flags: readonly string[];
  readonly only?: true;
  readonly from?: 'client' | 'server';
  /** It carries octets, or none. */
  readonly carries?: boolean;
  /** Which of those that fit, from 1; default 1. */
  readonly nth?: number;
}

/**
 * An exercise on one of the captures that come with the page, for everybody, also where nothing can be captured:
 * - `blank`: a number of one packet is left out, and to be worked out from the others;
 * - `order`: packets are shuffled, and to be put in order;
 * - `find`: the packet that fits is to be found.
 */
export type Exercise =
  | {
      readonly kind: 'blank';
      readonly id: string;
      readonly trace: string;
      readonly packet: PacketWanted;
      readonly field: 'seq' | 'ack' | 'len';
    }
  | { readonly kind: 'order'; readonly id: string; readonly trace: string; readonly packets: readonly PacketWanted[] }
  | { readonly kind: 'find'; readonly id: string; readonly trace: string; readonly packet: PacketWanted };

/** A program that the learner writes, and that Porthole checks; the words are in the MDX, `<Challenge id="…">`. */
export interface LessonChallenge {
  readonly id: string;
  /** Id of a challenge of server/check. */
  readonly challenge: string;
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
  /** Ports besides Porthole's own whose packets belong to a step: a closed one, for instance. */
  readonly ports?: readonly number[];
  /** Exercises on captures; the words of each are in the MDX, `<Exercise id="…">`. */
  readonly exercises?: readonly Exercise[];
  /** Programs to write. */
  readonly challenges?: readonly LessonChallenge[];
  readonly breakIt: readonly Experiment[];
  /** Addresses of what the lesson rests on; both languages link to each of them. */
  readonly sources: readonly string[];
}

/** Declares a lesson: what every `lessons/NN-slug/lesson.ts` exports as `lesson`. `npm run lessons` checks the rest. */
export function defineLesson(lesson: Lesson): Lesson {
  return lesson;
}
