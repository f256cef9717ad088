import { expect, test } from 'vitest';
import type { CourseEntry } from '#lessons/index.ts';
import type { Progress } from '#protocol/progress.ts';
import { nextLesson } from './next-lesson.ts';

/** Lessons with a step `a` and a question `b` each. */
const course = [1, 2, 3].map((number): CourseEntry => {
  return { number, id: `lesson-${number}`, topic: 'tcp', minutes: 10, parts: ['a', 'b'] };
});

function done(steps: Record<string, readonly string[]>): Progress {
  const lessons = Object.entries(steps).map(([id, ids]) => {
    const stamps = Object.fromEntries(ids.map((step) => [step, 1]));
    return [id, { steps: stamps, answers: {}, updatedMs: 1 }] as const;
  });
  return { version: 1, lessons: Object.fromEntries(lessons) };
}

test.each([
  ['nothing was done', {}, 1, false],
  ['the first is half done', { 'lesson-1': ['a'] }, 1, true],
  ['the first is done', { 'lesson-1': ['a', 'b'] }, 2, false],
  ['a later one is half done', { 'lesson-1': ['a', 'b'], 'lesson-3': ['b'] }, 3, true],
  ['all are done', { 'lesson-1': ['a', 'b'], 'lesson-2': ['a', 'b'], 'lesson-3': ['a', 'b'] }, 1, true],
  ['something unknown was done', { 'lesson-9': ['a'] }, 1, false],
] as const)('when %s, the next is %j', (_, steps, number, begun) => {
  expect(nextLesson(course, done(steps))).toEqual({ id: `lesson-${number}`, number, begun });
});
