import * as z from 'zod/mini';

const id = z.string().check(z.minLength(1), z.maxLength(64), z.regex(/^[a-z0-9-]+$/));

/** Latest time that a Date can hold, in milliseconds (ECMA-262 §21.4.1.1). */
const MAX_DATE_MS = 8.64e15;
const wallMs = z.number().check(z.minimum(0), z.maximum(MAX_DATE_MS));

/** What a learner did in one lesson. The newer `updatedMs` of two copies wins, so a reset is not undone by an old copy. */
const lessonProgressSchema = z.object({
  /** Steps done: step id → wall clock in milliseconds. */
  steps: z.record(id, wallMs),
  /** Answers given: quiz or prediction id → choice id (first answer kept). */
  answers: z.record(id, id),
  updatedMs: wallMs,
});
export type LessonProgress = z.infer<typeof lessonProgressSchema>;

/** The progress file, the browser's copy, and the body of `GET` and `PUT /api/progress`: lesson id → progress. */
export const progressSchema = z.object({ version: z.literal(1), lessons: z.record(id, lessonProgressSchema) });
export type Progress = z.infer<typeof progressSchema>;

/** Of somebody who has done nothing yet. */
export const EMPTY_PROGRESS: Progress = { version: 1, lessons: {} };

/** The newer of each lesson's two copies. */
export function mergeProgress(a: Progress, b: Progress): Progress {
  const lessons = { ...a.lessons };
  for (const [lesson, theirs] of Object.entries(b.lessons)) {
    const ours = lessons[lesson];
    if (!ours || theirs.updatedMs > ours.updatedMs) lessons[lesson] = theirs;
  }
  return { version: 1, lessons };
}
