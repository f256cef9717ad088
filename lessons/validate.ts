import { glossaryEntry } from './glossary.ts';
import { type CourseEntry, courseEntry, entryOf } from './index.ts';
import { LAB_FACT_NAMES } from './lab-match.ts';
import { type Problem, shapeProblems } from './lesson-shape.ts';
import { FACT_NAMES } from './match.ts';
import { createMatcher } from './matcher.ts';
import {
  type ExerciseOutline,
  type Outline,
  outlineOf,
  type QuestionOutline,
  TASK_PARTS,
  type TaskOutline,
} from './outline.ts';
import type { Experiment, Lesson, Step } from './schema.ts';
import { demosNamed } from './templates.ts';
import { createWireNow } from './wire-now.ts';

/** Components that the page passes into a lesson. */
export const COMPONENTS = [
  ...[
    'Step',
    'Predict',
    'Choice',
    'Why',
    'Otherwise',
    'Hint',
    'Fact',
    'Port',
    'Term',
    'Quiz',
    'Exercise',
    'Challenge',
    'CodeBeside',
    'BreakIt',
    'Sources',
  ],
  ...TASK_PARTS,
] as const;

/** Fewest and most words of English prose besides the steps. */
export const PROSE_WORDS = { min: 150, max: 300 };
/** The same for Chinese, in characters: about 1.6 a word. */
export const PROSE_CHARACTERS = { min: 240, max: 520 };

/** The files of one lesson. */
export interface LessonFiles {
  /** `01-sockets`. */
  readonly folder: string;
  /** What its `lesson.ts` exports as `lesson`. */
  readonly lesson: unknown;
  readonly en: string;
  readonly zh: string;
}

/** What the lesson is checked against. */
export interface Surroundings {
  /** Ids of the demos there are. */
  readonly demos: readonly string[];
  /** Port numbers that a lesson must not write out: those that demos and page ask for. */
  readonly ports: readonly number[];
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
    const outline = readOutline(files[language], (message) => problems.push({ file: mdxFile, where: '', message }));
    if (outline)
      problems.push(...wordProblems(lesson, outline, language, around).map((each) => ({ file: mdxFile, ...each })));
    return outline;
  });
  const [en, zh] = outlines;
  if (en && zh)
    problems.push(...differences(en, zh).map((message) => ({ file: `${files.folder}/zh.mdx`, where: '', message })));
  return problems;
}

type Finding = Omit<Problem, 'file'>;

function readOutline(mdx: string, fail: (message: string) => void): Outline | null {
  try {
    return outlineOf(mdx);
  } catch (error) {
    fail(`is not MDX: ${error instanceof Error ? error.message : String(error)}`);
    return null;
  }
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
  for (const step of lesson.steps) found.push(...taskProblems(step, `step "${step.id}"`, around));
  for (const task of lesson.breakIt) found.push(...taskProblems(task, `breakIt "${task.id}"`, around));
  return found;
}

function taskProblems(task: Step | Experiment, where: string, { demos, ports }: Surroundings): Finding[] {
  const found: Finding[] = [];
  if (createMatcher(task.check, createWireNow()).match) {
    found.push({ where: `${where}, check`, message: 'holds before anything has happened' });
  }
  for (const id of duplicates(task.hints)) found.push({ where, message: `has two hints "${id}"` });
  const written = JSON.stringify(task);
  for (const [, demo = ''] of written.matchAll(/"(?:demo|otherThan)":"([^"]*)"/g)) {
    if (!demos.includes(demo)) found.push({ where, message: unknown('demo', demo, demos) });
  }
  for (const { demo } of demosNamed(written)) {
    if (!demos.includes(demo)) found.push({ where, message: unknown('demo', demo, demos) });
  }
  for (const port of hardCoded(written, ports)) {
    found.push({ where, message: `port ${port} is written out; use a template such as {echo}` });
  }
  return found;
}

function wordProblems(lesson: Lesson, outline: Outline, language: 'en' | 'zh', around: Surroundings): Finding[] {
  return [
    ...headProblems(outline),
    ...usageProblems(lesson, outline, around),
    ...listProblems('Step', ids(lesson.steps), ids(outline.steps)),
    ...listProblems('BreakIt', ids(lesson.breakIt), ids(outline.breakIt)),
    ...listProblems('Quiz', ids(lesson.quiz), ids(outline.quiz)),
    ...listProblems('Exercise', ids(lesson.exercises ?? []), ids(outline.exercises)),
    ...outline.exercises.flatMap((each) => exerciseProblems('Exercise', each)),
    ...listProblems('Challenge', ids(lesson.challenges ?? []), ids(outline.challenges)),
    ...outline.challenges.flatMap((each) => exerciseProblems('Challenge', each)),
    ...[...lesson.steps, ...lesson.breakIt].flatMap((task) =>
      taskWordProblems(
        task,
        [...outline.steps, ...outline.breakIt].find(({ id }) => id === task.id),
      ),
    ),
    ...lesson.quiz.flatMap((quiz) =>
      choiceProblems(
        `Quiz "${quiz.id}"`,
        quiz.choices,
        outline.quiz.find(({ id }) => id === quiz.id),
      ),
    ),
    ...(language === 'en' ? lengthProblems(words(outline.prose), PROSE_WORDS, 'words') : chineseProblems(outline)),
  ];
}

function headProblems({ title, summary }: Outline): Finding[] {
  const missing = [title ? [] : ['title'], summary ? [] : ['summary']].flat();
  return missing.map((key) => ({
    where: 'frontmatter',
    message: `has no ${key}; begin the file with ---, title: …, summary: …, ---`,
  }));
}

function usageProblems(lesson: Lesson, outline: Outline, { demos, ports }: Surroundings): Finding[] {
  const found: Finding[] = [];
  const add = (where: string, message: string) => found.push({ where, message });
  const facts = (name: string) => FACT_NAMES.includes(name.replace(/-\d+$/, '')) || LAB_FACT_NAMES.includes(name);
  for (const { line, text } of outline.code)
    add(`line ${line}`, `imports, exports and {expressions} are not allowed: ${text}`);
  for (const name of outline.components) {
    if (!(COMPONENTS as readonly string[]).includes(name)) add(`<${name}>`, unknown('component', name, COMPONENTS));
  }
  for (const id of outline.terms) if (!glossaryEntry(id)) add('<Term>', `"${id}" is not in glossary.ts`);
  for (const name of outline.facts)
    if (!facts(name)) add('<Fact>', unknown('fact', name, [...FACT_NAMES, ...LAB_FACT_NAMES]));
  for (const port of outline.ports) {
    const demo = port.split('/')[0] ?? '';
    if (!demos.includes(demo)) add('<Port>', unknown('demo', demo, demos));
  }
  for (const { line, text } of outline.texts) {
    for (const port of hardCoded(text, ports))
      add(`line ${line}`, `port ${port} is written out; use <Port demo="…" />`);
  }
  for (const source of lesson.sources)
    if (!outline.links.includes(source)) add('<Sources>', `does not link to ${source}`);
  for (const link of outline.links)
    if (!LINKS.test(link)) add('links', `${link} is neither an https address nor an experiment of the lab`);
  return found;
}

/** Sources, and experiments of the lab of this page. */
const LINKS = /^(https:\/\/|\/lab\?experiment=[a-z-]+$)/;

function taskWordProblems(task: Step | Experiment, outline: TaskOutline | undefined): Finding[] {
  if (!outline) return [];
  const where = `"${task.id}"`;
  const needed = ['Waiting', 'Seen', ...(task.command || task.lab ? ['Run'] : [])];
  const predictions = 'predictions' in task ? (task.predictions ?? []) : [];
  return [
    ...(outline.titled ? [] : [{ where, message: 'has no title' }]),
    ...needed.filter((part) => !outline.parts.includes(part)).map((part) => ({ where, message: `has no <${part}>` })),
    ...listProblems(`${where}, Hint`, ids(task.hints), outline.hints),
    ...listProblems(`${where}, Predict`, ids(predictions), ids(outline.predictions)),
    ...predictions.flatMap(({ id, choices }) =>
      choiceProblems(
        `Predict "${id}"`,
        Object.keys(choices),
        outline.predictions.find((each) => each.id === id),
      ),
    ),
  ];
}

function choiceProblems(where: string, choices: readonly string[], outline: QuestionOutline | undefined): Finding[] {
  if (!outline) return [];
  const unexplained = outline.choices.filter(({ explained }) => !explained);
  return [
    ...listProblems(`${where}, Choice`, choices, ids(outline.choices)),
    ...unexplained.map(({ id }) => ({ where, message: `Choice "${id}" has no <Why>` })),
  ];
}

function listProblems(where: string, expected: readonly string[], found: readonly string[]): Finding[] {
  if (expected.join() === found.join()) return [];
  return [
    { where, message: `lesson.ts has ${expected.join(', ') || 'none'}, the words have ${found.join(', ') || 'none'}` },
  ];
}

function chineseProblems({ prose, texts }: Outline): Finding[] {
  const characters = prose.match(/\p{Script=Han}/gu)?.length ?? 0;
  const broken = texts.filter(({ text }) => /[\p{Script=Han}，。；：、？！”）]\n *[\p{Script=Han}“（]/u.test(text));
  return [
    ...lengthProblems(characters, PROSE_CHARACTERS, 'characters'),
    ...broken.map(({ line }) => ({
      where: `line ${line}`,
      message: 'a line break between Chinese characters shows as a space',
    })),
  ];
}

function lengthProblems(length: number, { min, max }: { min: number; max: number }, unit: string): Finding[] {
  if (length >= min && length <= max) return [];
  return [{ where: 'prose', message: `has ${length} ${unit} besides the steps; ${min} to ${max} are asked for` }];
}

/** What the two languages do not have in common. */
function differences(en: Outline, zh: Outline): string[] {
  const aspects = ['links', 'terms', 'ports', 'facts'] as const;
  return aspects.flatMap((aspect) => {
    const [ours, theirs] = [[...en[aspect]].sort(), [...zh[aspect]].sort()];
    if (ours.join() === theirs.join()) return [];
    const missing = ours.filter((each) => !theirs.includes(each));
    const extra = theirs.filter((each) => !ours.includes(each));
    return [
      `${aspect} differ from en.mdx: missing ${list(missing)}, more ${list(extra)}, ${theirs.length} instead of ${ours.length}`,
    ];
  });
}

function hardCoded(text: string, ports: readonly number[]): readonly string[] {
  return (text.match(/\d+/g) ?? []).filter((digits) => ports.includes(Number(digits)));
}

function exerciseProblems(component: string, { id, titled, explained }: ExerciseOutline): Finding[] {
  const where = `${component} "${id}"`;
  return [
    ...(titled ? [] : [{ where, message: 'has no title' }]),
    ...(explained ? [] : [{ where, message: 'has no <Why>, which is shown once it is done' }]),
  ];
}

function predictionsOf(lesson: Lesson) {
  return lesson.steps.flatMap((step) => step.predictions ?? []);
}

function ids(list: readonly { readonly id: string }[]): readonly string[] {
  return list.map(({ id }) => id);
}

function duplicates(list: readonly { readonly id: string }[]): readonly string[] {
  return ids(list).filter((id, index, all) => all.indexOf(id) !== index);
}

function words(text: string): number {
  return text.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word)).length;
}

function unknown(what: string, name: string, allowed: readonly string[]): string {
  return `there is no ${what} "${name}"; allowed: ${allowed.join(', ')}`;
}

function list(items: readonly string[]): string {
  return items.length === 0 ? 'none' : items.join(', ');
}
