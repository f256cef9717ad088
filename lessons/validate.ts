import { duplicates, type Finding, type Surroundings } from './findings.ts';
import { type CourseEntry, courseEntry, entryOf } from './index.ts';
import { type Problem, shapeProblems } from './lesson-shape.ts';
import { type Outline, outlineOf, tryFrontmatter } from './outline.ts';
import type { Lesson } from './schema.ts';
import { taskProblems } from './task-problems.ts';
import { differences, wordProblems } from './validate-words.ts';

/** The files of one lesson. */
export interface LessonFiles {
  /** `01-sockets`. */
  readonly folder: string;
  /** What its `lesson.ts` exports as `lesson`. */
  readonly lesson: unknown;
  readonly en: string;
  readonly zh: string;
}

/** Everything that is wrong with a lesson, in the order of its files; nothing when it is ready. */
export function lessonProblems(files: LessonFiles, around: Surroundings): readonly Problem[] {
  const file = `${files.folder}/lesson.ts`;
  const shape = shapeProblems(files.lesson, file);
  if (shape.length > 0) return shape;
  const lesson = files.lesson as Lesson;
  const problems = [...structureProblems(lesson, files.folder, around).map((each) => ({ file, ...each }))];
  const outlines = (['en', 'zh'] as const).map((language) => {
    const mdxFile = `${files.folder}/${language}.mdx`;
    const outline = readOutline(files[language], (finding) => problems.push({ file: mdxFile, ...finding }));
    if (outline)
      problems.push(...wordProblems(lesson, outline, language, around).map((each) => ({ file: mdxFile, ...each })));
    return outline;
  });
  const [en, zh] = outlines;
  if (en && zh)
    problems.push(...differences(en, zh).map((message) => ({ file: `${files.folder}/zh.mdx`, where: '', message })));
  return problems;
}

function readOutline(mdx: string, fail: (finding: Finding) => void): Outline | null {
  try {
    const outline = outlineOf(mdx);
    tryFrontmatter(mdx);
    return outline;
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    fail({ where: placeOf(error), message: `is not MDX: ${message.trim()}` });
    return null;
  }
}

/** A VFileMessage names the line, where one is to blame. */
function placeOf(error: unknown): string {
  const line: unknown = error instanceof Error ? Reflect.get(error, 'line') : undefined;
  return typeof line === 'number' ? `line ${line}` : '';
}

function isSame(entry: CourseEntry, other: CourseEntry | undefined): boolean {
  return JSON.stringify(entry) === JSON.stringify(other);
}

function structureProblems(lesson: Lesson, folder: string, around: Surroundings): Finding[] {
  const found: Finding[] = [];
  const expected = `${String(lesson.number).padStart(2, '0')}-${lesson.id}`;
  if (folder !== expected) found.push({ where: 'id', message: `belongs into the folder ${expected}` });
  const entry = entryOf(lesson);
  if (!isSame(entry, courseEntry(lesson.id))) {
    found.push({
      where: '',
      message: `has another entry in COURSE (lessons/index.ts); it must be ${JSON.stringify(entry)}`,
    });
  }
  if (!lesson.steps.some((step) => (step.predictions?.length ?? 0) > 0)) {
    found.push({ where: 'steps', message: 'need at least one prediction' });
  }
  for (const id of duplicates([
    ...lesson.steps,
    ...lesson.breakIt,
    ...lesson.quiz,
    ...(lesson.exercises ?? []),
    ...(lesson.challenges ?? []),
    ...predictionsOf(lesson),
  ])) {
    found.push({ where: id, message: 'is the id of two steps, questions or experiments; each needs its own' });
  }
  for (const quiz of lesson.quiz) {
    if (quiz.choices.includes(quiz.right)) continue;
    found.push({ where: `quiz "${quiz.id}", right`, message: `must be one of ${quiz.choices.join(', ')}` });
  }
  for (const step of lesson.steps) found.push(...taskProblems(step, `step "${step.id}"`, lesson, around));
  for (const task of lesson.breakIt) found.push(...taskProblems(task, `breakIt "${task.id}"`, lesson, around));
  return found;
}

function predictionsOf(lesson: Lesson) {
  return lesson.steps.flatMap((step) => step.predictions ?? []);
}
