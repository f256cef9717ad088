import { COURSE, type CourseEntry } from '#lessons/index.ts';
import { EMPTY_PROGRESS, type Progress } from '#protocol/progress.ts';

/** Where the learner goes on. */
export interface NextLesson {
  readonly id: string;
  readonly number: number;
  /** Something of it has been done. */
  readonly begun: boolean;
}

/**
 * The lesson to go on with: the first written one that was begun and not finished, else the first that was not
 * begun, else the first of all.
 */
export function nextLesson(course: readonly CourseEntry[], progress: Progress): NextLesson {
  const written = course.flatMap(({ number, id, lesson }) => {
    if (!lesson) return [];
    const done = Object.keys(progress.lessons[id]?.steps ?? {});
    const isFinished = lesson.steps.every((step) => done.includes(step.id));
    return [{ id, number, begun: done.length > 0, isFinished }];
  });
  const next = written.find(({ begun, isFinished }) => begun && !isFinished) ??
    written.find(({ begun }) => !begun) ??
    written[0] ?? { id: course[0]?.id ?? '', number: 1, begun: false };
  return { id: next.id, number: next.number, begun: next.begun };
}

/** The lesson to go on with, as the progress stands now. */
export function useNextLesson(): NextLesson {
  return nextLesson(COURSE, EMPTY_PROGRESS);
}
