import { outlineOf } from './outline.ts';
import type { Lesson } from './schema.ts';

/** How much there is of a lesson. Prose is what stands besides steps, questions, experiments and sources. */
export interface LessonCounts {
  readonly minutes: number;
  /** Words of English prose. */
  readonly words: number;
  /** Characters of Chinese prose. */
  readonly characters: number;
  readonly steps: number;
  readonly predictions: number;
  readonly questions: number;
  readonly experiments: number;
  readonly exercises: number;
  readonly hints: number;
  readonly sources: number;
}

/**
 * Counts a lesson and its words.
 * @param en the English MDX; throws what MDX throws when it is none
 * @param zh the Chinese MDX
 */
export function countLesson(lesson: Lesson, en: string, zh: string): LessonCounts {
  return {
    minutes: lesson.minutes,
    words: wordsIn(outlineOf(en).prose),
    characters: charactersIn(outlineOf(zh).prose),
    steps: lesson.steps.length,
    predictions: lesson.steps.flatMap(({ predictions }) => predictions ?? []).length,
    questions: lesson.quiz.length,
    experiments: lesson.breakIt.length,
    exercises: (lesson.exercises?.length ?? 0) + (lesson.challenges?.length ?? 0),
    hints: [...lesson.steps, ...lesson.breakIt].flatMap(({ hints }) => hints).length,
    sources: lesson.sources.length,
  };
}

/** Words of a text: what stands between spaces and has a letter or a digit in it. */
export function wordsIn(text: string): number {
  return text.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word)).length;
}

/** Chinese characters of a text, without punctuation. */
export function charactersIn(text: string): number {
  return text.match(/\p{Script=Han}/gu)?.length ?? 0;
}
