import { createStore, type StoreApi } from 'zustand/vanilla';
import type { LabSighting } from '#lessons/lab-checks.ts';
import { NO_PAYLOADS } from '#lessons/payloads.ts';
import { type Completion, createRunner, type Known, type NearMiss, type Runner } from '#lessons/runner.ts';
import type { Lesson } from '#lessons/schema.ts';
import type { WireState } from '../session/wire-state.ts';
import { type EventPayloads, eventPayloads } from './event-payloads.ts';
import { lessonProgress, type ProgressStore } from './progress-store.ts';
import { UnseenFeed, type Watching } from './unseen-feed.ts';
import type { WitnessStore } from './witness-store.ts';

/** How a lesson stands. */
export interface LessonState {
  /** Whether events are being watched: the page is connected and has everything that happened before. */
  readonly watching: boolean;
  /** The step that waits, or `null` when all are done. */
  readonly active: string | null;
  /** Steps, experiments and quizzes that are done. */
  readonly done: ReadonlySet<string>;
  readonly nearMisses: readonly NearMiss[];
}

/** A lesson that is open. */
export interface LessonSession {
  readonly store: StoreApi<LessonState>;
  /** What happened in a run of the lab, in the scene of a step, at this moment of the wall clock in milliseconds. */
  feedLab(task: string, sightings: readonly LabSighting[], wallMs: number): void;
  /** Stops watching; closing twice is harmless. */
  close(): void;
}

/** What an open lesson listens to. */
export interface LessonSessionOptions {
  readonly lesson: Lesson;
  readonly wire: StoreApi<WireState>;
  /** Brings all recorded octets of an event into the payloads of `wire`, unless that is under way. */
  readonly requestPayload: (seq: number) => void;
  /** Has packets captured and the socket table polled while a step needs them. */
  readonly watching: Watching;
  readonly progress: ProgressStore;
  readonly witnesses: WitnessStore;
}

/** Opens a lesson: from now on, what happens on the wire turns its steps green, and progress remembers it. */
export function openLesson(options: LessonSessionOptions): LessonSession {
  return new OpenLesson(options);
}

class OpenLesson implements LessonSession {
  readonly store: StoreApi<LessonState>;
  readonly #options: LessonSessionOptions;
  readonly #payloads: EventPayloads;
  readonly #unsubscribe: readonly (() => void)[];
  #runner: Runner | null = null;
  #journal: string | null = null;
  #forgotten: WireState['forgotten'] = null;
  #missed = 0;
  /** Starting to watch changes the store that is being followed. */
  #feedingUnseen = false;
  readonly #unseen: UnseenFeed;
  /** What the runner completed is being written down: progress lags behind it for a moment. */
  #keeping = false;

  constructor(options: LessonSessionOptions) {
    this.#options = options;
    this.#payloads = eventPayloads(options.wire, options.requestPayload);
    this.#unseen = new UnseenFeed(options.watching);
    this.store = createStore<LessonState>(() => this.#state());
    this.#unsubscribe = [
      options.wire.subscribe((wire) => this.#follow(wire)),
      options.progress.store.subscribe((now, before) => {
        if (now.progress !== before.progress) this.#progressed();
      }),
    ];
    this.#follow(options.wire.getState());
  }

  feedLab(task: string, sightings: readonly LabSighting[], wallMs: number): void {
    if (!this.#runner || sightings.length === 0) return;
    this.#keep(this.#runner.feedLab(task, sightings, wallMs));
    this.#show();
  }

  close(): void {
    for (const unsubscribe of this.#unsubscribe) unsubscribe();
    this.#unseen.close();
    this.#runner = null;
  }

  #follow(wire: WireState): void {
    if (!this.#runner) {
      if (wire.status === 'live') this.#begin(wire);
      return;
    }
    // What is left of a journal is numbered anew; it did not happen again.
    if (wire.forgotten !== this.#forgotten) {
      this.#runner = null;
      if (wire.status === 'live') this.#begin(wire);
      else this.#show();
      return;
    }
    // Another run of the server: its journal begins anew, and all of it happened while the lesson was open.
    if (wire.journal !== this.#journal) this.#restart(wire);
    this.#feed(wire);
    this.#feedUnseen(wire);
    this.#show();
  }

  /** Only what happens from now on counts. */
  #begin(wire: WireState): void {
    const { lastSeq } = wire.log;
    this.#journal = wire.journal;
    this.#forgotten = wire.forgotten;
    this.#missed = wire.missed;
    this.#runner = createRunner({
      lesson: this.#options.lesson,
      done: this.#doneBefore(),
      conversations: wire.conversations.values(),
      seq: lastSeq,
      wallMs: wire.log.bySeq(lastSeq)?.wallMs ?? 0,
      known: this.#known(),
    });
    this.#keep(this.#runner.feed([], wire.conversations));
    this.#feedUnseen(wire);
    this.#show();
  }

  #restart(wire: WireState): void {
    this.#journal = wire.journal;
    this.#missed = 0;
    this.#unseen.restart();
    this.#runner = createRunner({ lesson: this.#options.lesson, done: this.#doneBefore(), known: this.#known() });
  }

  #known(): Known {
    return { ...this.#unseen.known, solved: this.#solved() };
  }

  /** Once more after each that is completed: what waits next may need something else. */
  #feedUnseen(wire: WireState): void {
    const runner = this.#runner;
    if (!runner || this.#feedingUnseen) return;
    this.#feedingUnseen = true;
    let completed: readonly Completion[];
    do {
      completed = this.#unseen.follow(wire, runner, runner.waiting);
      this.#keep(completed);
    } while (completed.length > 0);
    this.#feedingUnseen = false;
  }

  #feed({ log, conversations, missed }: WireState): void {
    const runner = this.#runner;
    if (!runner) return;
    if (log.lastSeq > runner.seq) this.#keep(runner.feed(log.since(runner.seq), conversations, this.#payloads));
    this.#payloads.passed(runner.seq);
    if (missed === this.#missed) return;
    this.#missed = missed;
    // What is open now is known of the newest event only: nothing is waited for any longer.
    this.#keep(runner.feed(log.since(runner.seq), conversations, NO_PAYLOADS));
    this.#keep(runner.repair(conversations.values()));
  }

  #keep(completed: readonly Completion[]): void {
    const { lesson, progress, witnesses } = this.#options;
    this.#keeping = true;
    for (const completion of completed) {
      witnesses.keep(lesson.id, completion);
      progress.complete(lesson.id, completion.id, completion.wallMs);
    }
    this.#keeping = false;
  }

  /** A reset, a step undone, or news from another tab or browser: the runner starts over from there. */
  #progressed(): void {
    if (this.#keeping) return;
    const wire = this.#options.wire.getState();
    if (this.#runner && !hasSame(this.#doneBefore(), this.#runner.done)) this.#begin(wire);
    else if (this.#runner) {
      this.#keep(this.#runner.feedKnown({ solved: this.#solved(), wallMs: this.#solvedMs() }));
      this.#feedUnseen(wire);
    }
    this.#show();
  }

  /** Steps and experiments; the runner knows nothing of quizzes. */
  #doneBefore(): ReadonlySet<string> {
    const { lesson } = this.#options;
    const ids = [...lesson.steps, ...lesson.breakIt].map(({ id }) => id);
    const done = this.#done();
    return new Set(ids.filter((id) => done.has(id)));
  }

  /** Exercises. */
  #solved(): ReadonlySet<string> {
    const done = this.#done();
    const exercises = this.#options.lesson.exercises ?? [];
    return new Set(exercises.map(({ id }) => id).filter((id) => done.has(id)));
  }

  /** When the newest of them was done: wall clock in milliseconds. */
  #solvedMs(): number {
    const { lesson, progress } = this.#options;
    const { steps } = lessonProgress(progress.store.getState().progress, lesson.id);
    return Math.max(0, ...[...this.#solved()].map((id) => steps[id] ?? 0));
  }

  #done(): ReadonlySet<string> {
    const { lesson, progress } = this.#options;
    return new Set(Object.keys(lessonProgress(progress.store.getState().progress, lesson.id).steps));
  }

  #state(): LessonState {
    const done = this.#done();
    return {
      watching: this.#runner !== null && this.#options.wire.getState().status === 'live',
      active: this.#options.lesson.steps.find(({ id }) => !done.has(id))?.id ?? null,
      done,
      nearMisses: this.#runner?.nearMisses ?? [],
    };
  }

  #show(): void {
    const now = this.#state();
    const before = this.store.getState();
    const same =
      now.watching === before.watching &&
      now.active === before.active &&
      hasSame(now.done, before.done) &&
      JSON.stringify(now.nearMisses) === JSON.stringify(before.nearMisses);
    if (!same) this.store.setState(now, true);
  }
}

function hasSame(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  return a.size === b.size && [...a].every((each) => b.has(each));
}
