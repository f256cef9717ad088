import type { CourseEntry } from '#lessons/index.ts';
import type { LessonProgress } from '#protocol/progress.ts';

/** How far a learner is in a lesson. */
export interface Standing {
  /** Steps, questions, exercises and challenges that are done. Experiments are extra and do not count. */
  readonly done: number;
  /** How many there are. */
  readonly total: number;
  readonly begun: boolean;
  readonly finished: boolean;
}

/** Counts what of a lesson is done. */
export function standingOf({ parts }: Pick<CourseEntry, 'parts'>, progress: LessonProgress): Standing {
  const done = parts.filter((id) => progress.steps[id] !== undefined).length;
  const begun = Object.keys(progress.steps).length + Object.keys(progress.answers).length > 0;
  return { done, total: parts.length, begun, finished: done === parts.length };
}
