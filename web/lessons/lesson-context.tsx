import { createContext, type ReactNode, useContext } from 'react';
import { useStore } from 'zustand';
import type { StoreApi } from 'zustand/vanilla';
import type { Facts } from '#lessons/match.ts';
import type { NearMiss } from '#lessons/runner.ts';
import type { Experiment, Lesson, Step } from '#lessons/schema.ts';
import { browserProgress, useLessonProgress } from './browser-progress.ts';
import { browserWitnesses, useWitnesses } from './browser-witnesses.ts';
import type { LessonSession, LessonState } from './lesson-session.ts';
import type { LessonUi } from './lesson-ui.ts';
import type { Witness } from './witness-store.ts';

/** What everything on a lesson's page shares. */
export interface LessonContextValue {
  readonly lesson: Lesson;
  readonly session: LessonSession;
  readonly ui: StoreApi<LessonUi>;
  /** Types a command into the live terminal, and brings the terminal to where it can be seen. */
  readonly run: (command: string) => void;
  /** Plays the scene of a step in the lab, and brings the lab to where it can be seen. */
  readonly play: (task: string) => void;
}

const LessonContext = createContext<LessonContextValue | null>(null);

/** Hands the lesson to its words. */
export function LessonProvider({
  value,
  children,
}: {
  readonly value: LessonContextValue;
  readonly children: ReactNode;
}) {
  return <LessonContext value={value}>{children}</LessonContext>;
}

/** The lesson of this page. */
export function useLesson(): LessonContextValue {
  const value = useContext(LessonContext);
  if (!value) throw new Error('used outside of LessonProvider');
  return value;
}

/** What `selector` picks of how the lesson stands. */
export function useLessonState<T>(selector: (state: LessonState) => T): T {
  return useStore(useLesson().session.store, selector);
}

/** What `selector` picks of what is open on the page. */
export function useLessonUi<T>(selector: (state: LessonUi) => T): T {
  return useStore(useLesson().ui, selector);
}

/**
 * - `done`; `active`: it waits; `upcoming`: its turn has not come.
 */
export type TaskStatus = 'done' | 'active' | 'upcoming';

/** A step or an experiment as its card shows it. */
export interface TaskView {
  readonly task: Step | Experiment;
  readonly kind: 'step' | 'experiment';
  /** Its number among the steps, from 1; experiments have none. */
  readonly number: number | null;
  readonly status: TaskStatus;
  readonly nearMiss: NearMiss | null;
  /** When it was done: wall clock in milliseconds. */
  readonly doneMs: number | null;
  /** What was seen, where this browser saw it. */
  readonly witness: Witness | null;
}

/** One step or experiment; `null` where the lesson has none of this id (the checks of `npm run lessons` refuse that). */
export function useTaskView(id: string): TaskView | null {
  const { lesson } = useLesson();
  const active = useLessonState((state) => state.active);
  const nearMiss = useLessonState((state) => state.nearMisses.find(({ of }) => of === id) ?? null);
  const doneMs = useLessonProgress(lesson.id).steps[id] ?? null;
  const witness = useWitnesses(lesson.id)?.[id] ?? null;
  const index = lesson.steps.findIndex((step) => step.id === id);
  const task = lesson.steps[index] ?? lesson.breakIt.find((each) => each.id === id);
  if (!task) return null;
  const kind = index >= 0 ? 'step' : 'experiment';
  const waits = kind === 'step' ? active === id : active === null;
  const status = doneMs !== null ? 'done' : waits ? 'active' : 'upcoming';
  return { task, kind, number: index >= 0 ? index + 1 : null, status, nearMiss, doneMs, witness };
}

const TaskContext = createContext<TaskView | null>(null);
const FactsContext = createContext<Facts | null>(null);

/** Hands a step to what is inside of its card. */
export const TaskProvider = TaskContext;
/** Hands what was seen to the `<Fact>`s inside. */
export const FactsProvider = FactsContext;

/** The step or experiment around; `null` outside of one. */
export function useTask(): TaskView | null {
  return useContext(TaskContext);
}

/** What was seen, for the words around; `null` where nothing was. */
export function useFacts(): Facts | null {
  return useContext(FactsContext);
}

/** Forgets everything done in a lesson. */
export function resetLesson(lesson: string): void {
  browserWitnesses().forget(lesson);
  browserProgress().reset(lesson);
}
