import { COURSE, type CourseEntry } from '#lessons/index.ts';
import type { Progress } from '#protocol/progress.ts';
import { useProgress } from '../lessons/browser-progress.ts';
import { lessonProgress } from '../lessons/progress-store.ts';
import { standingOf } from '../lessons/standing.ts';

/** Where the learner goes on. */
export interface NextLesson {
  readonly id: string;
  readonly number: number;
  /** Something of it has been done. */
  readonly begun: boolean;
}

/**
 * The lesson to go on with: the first that was begun and not finished, else the first that was not
 * begun, else the first of all.
 */
export function nextLesson(course: readonly CourseEntry[], progress: Progress): NextLesson {
  const standings = course.map((entry) => {
    return { ...entry, ...standingOf(entry, lessonProgress(progress, entry.id)) };
  });
  const next =
    standings.find(({ begun, finished }) => begun && !finished) ??
    standings.find(({ begun }) => !begun) ??
    standings[0];
  return { id: next?.id ?? '', number: next?.number ?? 1, begun: next?.begun ?? false };
}

/** The lesson to go on with, as the progress stands now. */
export function useNextLesson(): NextLesson {
  const progress = useProgress((state) => state.progress);
  return nextLesson(COURSE, progress);
}
