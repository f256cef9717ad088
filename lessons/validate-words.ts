import { looksAtPackets } from './checks.ts';
import { charactersIn, wordsIn } from './counts.ts';
import { type Finding, hardCoded, ids, type Surroundings, unknown } from './findings.ts';
import { glossaryEntry } from './glossary.ts';
import { LAB_FACT_NAMES } from './lab-match.ts';
import { FACT_NAMES } from './match.ts';
import {
  type ExerciseOutline,
  type Outline,
  type QuestionOutline,
  TASK_PARTS,
  type TaskOutline,
  type Used,
} from './outline.ts';
import { PACKET_FACT_NAMES } from './packet-match.ts';
import type { Experiment, Lesson, Step } from './schema.ts';
import { SOCKET_FACT_NAMES } from './socket-match.ts';

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
const PROSE_WORDS = { min: 150, max: 300 };
/** The same for Chinese, in characters: about 1.6 a word. */
const PROSE_CHARACTERS = { min: 240, max: 520 };

/** What is wrong with the words of a lesson in one language. */
export function wordProblems(lesson: Lesson, outline: Outline, language: 'en' | 'zh', around: Surroundings): Finding[] {
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
    ...(language === 'en' ? lengthProblems(wordsIn(outline.prose), PROSE_WORDS, 'words') : chineseProblems(outline)),
  ];
}

function headProblems({ title, summary }: Outline): Finding[] {
  const missing = [title ? [] : ['title'], summary ? [] : ['summary']].flat();
  return missing.map((key) => ({
    where: 'frontmatter',
    message: `has no ${key}; begin the file with ---, title: …, summary: …, ---`,
  }));
}

/** Those of the second conversation or packet have `-2` behind them, and so on. */
const NUMBERED_FACTS = [...FACT_NAMES, ...PACKET_FACT_NAMES];
const OTHER_FACTS = [...LAB_FACT_NAMES, ...SOCKET_FACT_NAMES];

function usageProblems(lesson: Lesson, outline: Outline, { demos, ports }: Surroundings): Finding[] {
  const found: Finding[] = [];
  const add = (where: string, message: string) => found.push({ where, message });
  const addAt = (line: number, what: string, message: string) => add(`line ${line}: ${what}`, message);
  const facts = (name: string) => NUMBERED_FACTS.includes(name.replace(/-\d+$/, '')) || OTHER_FACTS.includes(name);
  for (const { line, text } of outline.code)
    add(`line ${line}`, `imports, exports and {expressions} are not allowed: ${text}`);
  for (const { name, line } of outline.components) {
    if (!(COMPONENTS as readonly string[]).includes(name))
      addAt(line, `<${name}>`, unknown('component', name, COMPONENTS));
  }
  for (const { name, line } of outline.terms)
    if (!glossaryEntry(name)) addAt(line, '<Term>', `"${name}" is not in glossary.ts`);
  for (const { name, line } of outline.facts)
    if (!facts(name)) addAt(line, '<Fact>', unknown('fact', name, [...NUMBERED_FACTS, ...OTHER_FACTS]));
  for (const { name, line } of outline.ports) {
    const demo = name.split('/')[0] ?? '';
    if (!demos.includes(demo)) addAt(line, '<Port>', unknown('demo', demo, demos));
  }
  for (const { line, text } of outline.texts) {
    for (const port of hardCoded(text, ports))
      add(`line ${line}`, `port ${port} is written out; use <Port demo="…" />`);
  }
  for (const source of lesson.sources)
    if (!outline.links.some(({ name }) => name === source)) add('<Sources>', `does not link to ${source}`);
  for (const { name, line } of outline.links)
    if (!LINKS.test(name)) addAt(line, 'link', `${name} is no https address, no experiment of the lab, and not /chat`);
  return found;
}

/** Sources, experiments of the lab of this page, and its chat. */
const LINKS = /^(https:\/\/|\/lab\?experiment=[a-z-]+$|\/chat$)/;

/** What a step has to say where packets can't be captured. */
function otherWay({ check }: Step | Experiment): readonly string[] {
  return looksAtPackets(check) ? ['WithoutCapture', 'SeenWithout'] : [];
}

function taskWordProblems(task: Step | Experiment, outline: TaskOutline | undefined): Finding[] {
  if (!outline) return [];
  const where = `"${task.id}"`;
  const needed = [
    ...['Waiting', 'Seen', ...otherWay(task)],
    ...(task.command || task.lab ? ['Run'] : []),
    ...(task.program ? ['Program'] : []),
  ];
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
  const broken = texts.filter(({ text }) => /[\p{Script=Han}，。；：、？！”）]\n *[\p{Script=Han}“（]/u.test(text));
  return [
    ...lengthProblems(charactersIn(prose), PROSE_CHARACTERS, 'characters'),
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
export function differences(en: Outline, zh: Outline): string[] {
  const aspects = ['links', 'terms', 'ports', 'facts'] as const;
  return aspects.flatMap((aspect) => {
    const [ours, theirs] = [namesOf(en[aspect]), namesOf(zh[aspect])];
    if (ours.join() === theirs.join()) return [];
    const missing = ours.filter((each) => !theirs.includes(each));
    const extra = theirs.filter((each) => !ours.includes(each));
    return [
      `${aspect} differ from en.mdx: missing ${list(missing)}, more ${list(extra)}, ${theirs.length} instead of ${ours.length}`,
    ];
  });
}

function namesOf(list: readonly Used[]): readonly string[] {
  return list.map(({ name }) => name).sort();
}

function exerciseProblems(component: string, { id, titled, explained }: ExerciseOutline): Finding[] {
  const where = `${component} "${id}"`;
  return [
    ...(titled ? [] : [{ where, message: 'has no title' }]),
    ...(explained ? [] : [{ where, message: 'has no <Why>, which is shown once it is done' }]),
  ];
}

function list(items: readonly string[]): string {
  return items.length === 0 ? 'none' : items.join(', ');
}
