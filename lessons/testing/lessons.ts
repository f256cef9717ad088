import { COURSE, folderOf } from '../index.ts';
import type { Lesson } from '../schema.ts';

/** The structures of all lessons, in the order of the course. */
export const LESSONS: readonly Lesson[] = await Promise.all(
  COURSE.map(async (entry) => (await import(`../${folderOf(entry)}/lesson.ts`)).lesson),
);
