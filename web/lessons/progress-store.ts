import { createStore, type StoreApi } from 'zustand/vanilla';
import {
  EMPTY_PROGRESS,
  type LessonProgress,
  mergeProgress,
  type Progress,
  progressSchema,
} from '#protocol/progress.ts';
import type { Clock } from '../session/clock.ts';
import { keepAside } from './keep-aside.ts';

/** Where the browser's copy is kept. */
export const PROGRESS_KEY = 'porthole.progress';
/** Changes are gathered so long before they are sent to the server, in milliseconds. */
export const SAVE_DELAY_MS = 300;
/** Time before a server that was not reached is tried again, in milliseconds. */
export const RETRY_DELAY_MS = 10_000;
const ADDRESS = '/api/progress';
const NOTHING_DONE: LessonProgress = { steps: {}, answers: {}, updatedMs: 0 };

/** Where what was done is kept: with the server too, in this browser, or (storage blocked) in this tab only. */
export type SavedWhere = 'everywhere' | 'browser' | 'tab';

/** What a learner must be told. */
export interface ProgressProblem {
  /** `broken`: the browser's copy could not be read, and is kept under another name. */
  readonly code: 'broken';
  /** Key in the browser's storage under which it is kept; `null` where storage had no room for it. */
  readonly keptAs: string | null;
}

/** The learner's progress and where it is kept. */
export interface ProgressState {
  readonly progress: Progress;
  readonly saved: SavedWhere;
  readonly problem: ProgressProblem | null;
}

/** What the store needs of the browser. */
export interface ProgressHost {
  readonly storage: Pick<Storage, 'getItem' | 'setItem'>;
  readonly fetch: (address: string, init?: RequestInit) => Promise<Response>;
  readonly clock: Clock;
}

/**
 * What the learner has done, kept in the browser and with the server, the newer copy of each lesson winning. Works without either:
 * what cannot be saved now is saved later.
 */
export interface ProgressStore {
  readonly store: StoreApi<ProgressState>;
  /** Marks a step, an experiment or a quiz as done; `wallMs` is when. */
  complete(lesson: string, id: string, wallMs: number): void;
  /** Marks it as not done. */
  undo(lesson: string, id: string): void;
  /** Keeps an answer to a quiz or a prediction; only the first counts. */
  answer(lesson: string, question: string, choice: string): void;
  /** Forgets everything done in a lesson. */
  reset(lesson: string): void;
  /** Takes in what another tab has stored. */
  absorb(text: string | null): void;
  /** Takes in a progress file, so that what was done in either is done, also after a reset; `null` when it is none. */
  take(text: string): Progress | null;
  /** The learner has read about the problem. */
  dismissProblem(): void;
  /** Asks the server for its copy and sends ours. */
  sync(): Promise<void>;
  /** Ends timers; closing twice is harmless. */
  close(): void;
}

/** Begins with the browser's copy; call `sync` to bring in the server's. */
export function createProgressStore(host: ProgressHost): ProgressStore {
  return new KeptProgress(host);
}

/** What was done in one lesson. */
export function lessonProgress(progress: Progress, lesson: string): LessonProgress {
  return progress.lessons[lesson] ?? NOTHING_DONE;
}

class KeptProgress implements ProgressStore {
  readonly store: StoreApi<ProgressState>;
  readonly #host: ProgressHost;
  #cancelTimer: (() => void) | null = null;
  #sending = false;
  #closed = false;

  constructor(host: ProgressHost) {
    this.#host = host;
    const { progress, problem } = restored(host);
    this.store = createStore<ProgressState>(() => ({ progress, saved: 'browser', problem }));
  }

  complete(lesson: string, id: string, wallMs: number): void {
    this.#change(lesson, ({ steps, answers }) => ({ steps: { ...steps, [id]: wallMs }, answers }));
  }

  undo(lesson: string, id: string): void {
    this.#change(lesson, ({ steps, answers }) => {
      const { [id]: _undone, ...rest } = steps;
      return { steps: rest, answers };
    });
  }

  answer(lesson: string, question: string, choice: string): void {
    if (lessonProgress(this.store.getState().progress, lesson).answers[question] !== undefined) return;
    this.#change(lesson, ({ steps, answers }) => ({ steps, answers: { ...answers, [question]: choice } }));
  }

  reset(lesson: string): void {
    this.#change(lesson, () => NOTHING_DONE);
  }

  absorb(text: string | null): void {
    const theirs = text === null ? null : parsed(text);
    if (theirs) this.#show(mergeProgress(this.store.getState().progress, theirs));
  }

  take(text: string): Progress | null {
    const theirs = parsed(text);
    if (!theirs) return null;
    const { progress } = this.store.getState();
    const lessons = { ...progress.lessons };
    for (const [lesson, { steps, answers }] of Object.entries(theirs.lessons)) {
      const now = lessonProgress(progress, lesson);
      // The times of the file do not count: it may be older than a reset that it is to undo.
      lessons[lesson] = this.#stamped(now, {
        steps: { ...steps, ...now.steps },
        answers: { ...answers, ...now.answers },
      });
    }
    this.#keep({ version: 1, lessons }, 'browser');
    this.#later(SAVE_DELAY_MS);
    return theirs;
  }

  dismissProblem(): void {
    this.store.setState({ problem: null });
  }

  async sync(): Promise<void> {
    if (this.#sending || this.#closed) return;
    this.#cancel();
    this.#sending = true;
    const sent = this.store.getState().progress;
    const merged = await this.#exchange(sent);
    this.#sending = false;
    if (this.#closed) return;
    if (!merged) return this.#later(RETRY_DELAY_MS);
    const now = this.store.getState().progress;
    this.#keep(mergeProgress(now, merged), 'everywhere');
    if (now !== sent) this.#later(SAVE_DELAY_MS);
  }

  close(): void {
    this.#closed = true;
    this.#cancel();
  }

  #change(lesson: string, change: (now: LessonProgress) => Omit<LessonProgress, 'updatedMs'>): void {
    const { progress } = this.store.getState();
    const now = lessonProgress(progress, lesson);
    const changed = this.#stamped(now, change(now));
    this.#keep({ version: 1, lessons: { ...progress.lessons, [lesson]: changed } }, 'browser');
    this.#later(SAVE_DELAY_MS);
  }

  /** Later than every copy of it, even where clocks went back. */
  #stamped(now: LessonProgress, changed: Omit<LessonProgress, 'updatedMs'>): LessonProgress {
    return { ...changed, updatedMs: Math.max(this.#host.clock.now(), now.updatedMs + 1) };
  }

  #keep(progress: Progress, saved: SavedWhere): void {
    const stored = tryStore(this.#host.storage, progress);
    this.store.setState({ saved: stored || saved === 'everywhere' ? saved : 'tab' });
    this.#show(progress);
  }

  #show(progress: Progress): void {
    this.store.setState({ progress });
  }

  #later(delayMs: number): void {
    if (this.#closed) return;
    this.#cancel();
    this.#cancelTimer = this.#host.clock.after(delayMs, () => void this.sync());
  }

  #cancel(): void {
    this.#cancelTimer?.();
    this.#cancelTimer = null;
  }

  /** Sends ours and answers what the server then has; `null` where it was not reached or made no sense. */
  async #exchange(progress: Progress): Promise<Progress | null> {
    try {
      const response = await this.#host.fetch(ADDRESS, {
        method: 'PUT',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(progress),
      });
      const answer = progressSchema.safeParse(await response.json());
      return response.ok && answer.success ? answer.data : null;
    } catch {
      // Offline, or no JSON: the state says that it is kept in the browser only, and it is tried again.
      return null;
    }
  }
}

function restored({ storage, clock }: ProgressHost): Pick<ProgressState, 'progress' | 'problem'> {
  const text = tryRead(storage);
  if (text === null) return { progress: EMPTY_PROGRESS, problem: null };
  const progress = parsed(text);
  if (progress) return { progress, problem: null };
  const keptAs = keepAside(storage, PROGRESS_KEY, text, clock.now());
  return { progress: EMPTY_PROGRESS, problem: { code: 'broken', keptAs } };
}

function parsed(text: string): Progress | null {
  try {
    const result = progressSchema.safeParse(JSON.parse(text));
    return result.success ? result.data : null;
  } catch {
    return null;
  }
}

function tryRead(storage: ProgressHost['storage']): string | null {
  try {
    return storage.getItem(PROGRESS_KEY);
  } catch {
    // Storage is blocked (a private window, a policy): as if nothing had been stored.
    return null;
  }
}

function tryStore(storage: ProgressHost['storage'], progress: Progress): boolean {
  try {
    storage.setItem(PROGRESS_KEY, JSON.stringify(progress));
    return true;
  } catch {
    return false;
  }
}
