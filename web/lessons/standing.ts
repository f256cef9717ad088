import type { Lesson } from '#lessons/schema.ts';
import type { LessonProgress } from '#protocol/progress.ts';

/** How far a learner is in a lesson. */
export interface Standing {
  /** Steps and questions that are done. Experiments are extra and do not count. */
  readonly done: number;
  /** Steps and questions there are. */
  readonly total: number;
  readonly begun: boolean;
  readonly finished: boolean;
}

/** Counts the steps and questions of a lesson that are done. */
export function standingOf(lesson: Lesson, progress: LessonProgress): Standing {
  const parts = [...lesson.steps, ...lesson.quiz];
  const done = parts.filter(({ id }) => progress.steps[id] !== undefined).length;
  const begun = Object.keys(progress.steps).length + Object.keys(progress.answers).length > 0;
  return { done, total: parts.length, begun, finished: done === parts.length };
}
