import { compileSync, createProcessor } from '@mdx-js/mdx';
import remarkFrontmatter from 'remark-frontmatter';
import remarkMdxFrontmatter from 'remark-mdx-frontmatter';

/** What an MDX file of a lesson says, without its words: for comparing it with the lesson's structure and with other languages. */
export interface Outline {
  readonly title: string | null;
  readonly summary: string | null;
  readonly steps: readonly TaskOutline[];
  readonly quiz: readonly QuestionOutline[];
  readonly breakIt: readonly TaskOutline[];
  readonly exercises: readonly ExerciseOutline[];
  readonly challenges: readonly ExerciseOutline[];
  /** Addresses linked to, in order. */
  readonly links: readonly Used[];
  /** Ids of the terms explained, in order. */
  readonly terms: readonly Used[];
  /** Ports named, as `echo/tcp`. */
  readonly ports: readonly Used[];
  /** Facts named. */
  readonly facts: readonly Used[];
  /** All components used. */
  readonly components: readonly Used[];
  /** Imports, exports and `{expressions}`, with their lines: none are allowed. */
  readonly code: readonly { readonly line: number; readonly text: string }[];
  /** All text and code of the file, by line. */
  readonly texts: readonly { readonly line: number; readonly text: string }[];
  /** The prose outside of steps, questions, experiments and sources. */
  readonly prose: string;
}

/** A name that the words use, and the line where. */
export interface Used {
  readonly name: string;
  readonly line: number;
}

/** A `<Step>` or a `<BreakIt>`. */
export interface TaskOutline {
  readonly id: string;
  readonly titled: boolean;
  readonly hints: readonly string[];
  readonly predictions: readonly QuestionOutline[];
  /** Which of the parts that appear at most once are there: Run, Waiting, Seen, Help, Answer. */
  readonly parts: readonly string[];
}

/** An `<Exercise>` or a `<Challenge>`. */
export interface ExerciseOutline {
  readonly id: string;
  readonly titled: boolean;
  readonly explained: boolean;
}

/** A `<Predict>` or a `<Quiz>`. */
export interface QuestionOutline {
  readonly id: string;
  readonly choices: readonly { readonly id: string; readonly explained: boolean }[];
}

/** Parts that a step may have once each. */
export const TASK_PARTS = [
  'Run',
  'Program',
  'Waiting',
  'Seen',
  'WithoutCapture',
  'SeenWithout',
  'Help',
  'Answer',
] as const;
const APART = ['Step', 'Quiz', 'Exercise', 'Challenge', 'CodeBeside', 'BreakIt', 'Sources'];

/** The little that is needed of a node of MDX's syntax tree (mdast). */
interface Node {
  readonly type: string;
  readonly name?: string | null | undefined;
  readonly value?: string | undefined;
  readonly url?: string | undefined;
  readonly attributes?: readonly { readonly name?: string; readonly value?: unknown }[] | undefined;
  readonly children?: readonly Node[] | undefined;
  readonly position?: { readonly start: { readonly line: number } } | undefined;
}

/**
 * Reads an MDX file.
 * @throws Error (a VFileMessage, with line and column) where it is not MDX
 */
export function outlineOf(mdx: string): Outline {
  const root: Node = createProcessor({ remarkPlugins: [remarkFrontmatter] }).parse(mdx);
  const nodes = [...walk(root)];
  const named = (name: string, within: Node = root) => [...walk(within)].filter((node) => node.name === name);
  const values = (name: string, attribute: string) =>
    named(name).map((node) => used(textAttribute(node, attribute) ?? '', node));
  return {
    ...frontmatter(nodes.find((node) => node.type === 'yaml')?.value ?? ''),
    steps: named('Step').map(taskOutline),
    quiz: named('Quiz').map(questionOutline),
    breakIt: named('BreakIt').map(taskOutline),
    exercises: named('Exercise').map(exerciseOutline),
    challenges: named('Challenge').map(exerciseOutline),
    links: nodes.flatMap((node) => (node.type === 'link' && node.url !== undefined ? used(node.url, node) : [])),
    terms: values('Term', 'id'),
    ports: named('Port').map((node) =>
      used(`${textAttribute(node, 'demo')}/${textAttribute(node, 'transport') ?? 'tcp'}`, node),
    ),
    facts: values('Fact', 'name'),
    components: nodes.flatMap((node) => (/^[A-Z]/.test(node.name ?? '') ? used(node.name ?? '', node) : [])),
    code: nodes.filter(isCode).map((node) => ({ line: lineOf(node), text: node.value ?? '' })),
    texts: nodes.flatMap((node) => (isText(node) ? [{ line: lineOf(node), text: node.value ?? '' }] : [])),
    prose: proseOf(root),
  };
}

/**
 * Compiles the top of an MDX file as the build does, which reads it as YAML.
 * @throws Error where it is none
 */
export function tryFrontmatter(mdx: string): void {
  const top = /^---\n[\s\S]*?\n---/.exec(mdx)?.[0] ?? '';
  compileSync(top, { remarkPlugins: [remarkFrontmatter, remarkMdxFrontmatter] });
}

function used(name: string, node: Node): Used {
  return { name, line: lineOf(node) };
}

function* walk(node: Node): Generator<Node> {
  yield node;
  for (const child of node.children ?? []) yield* walk(child);
}

function isCode(node: Node): boolean {
  return node.type === 'mdxjsEsm' || node.type === 'mdxFlowExpression' || node.type === 'mdxTextExpression';
}

function isText(node: Node): boolean {
  return node.type === 'text' || node.type === 'inlineCode' || node.type === 'code';
}

function lineOf(node: Node): number {
  return node.position?.start.line ?? 0;
}

function frontmatter(yaml: string): Pick<Outline, 'title' | 'summary'> {
  const value = (key: string) => new RegExp(`^${key}: *(.+)$`, 'm').exec(yaml)?.[1]?.trim() ?? null;
  return { title: value('title'), summary: value('summary') };
}

function textAttribute(node: Node, name: string): string | null {
  const value = node.attributes?.find((attribute) => attribute.name === name)?.value;
  return typeof value === 'string' ? value : null;
}

function taskOutline(task: Node): TaskOutline {
  const inside = [...walk(task)];
  return {
    id: textAttribute(task, 'id') ?? '',
    titled: (textAttribute(task, 'title') ?? '') !== '',
    hints: inside.filter((node) => node.name === 'Hint').map((node) => textAttribute(node, 'id') ?? ''),
    predictions: inside.filter((node) => node.name === 'Predict').map(questionOutline),
    parts: TASK_PARTS.filter((part) => inside.some((node) => node.name === part)),
  };
}

function exerciseOutline(exercise: Node): ExerciseOutline {
  return {
    id: textAttribute(exercise, 'id') ?? '',
    titled: (textAttribute(exercise, 'title') ?? '') !== '',
    explained: [...walk(exercise)].some((node) => node.name === 'Why' && (node.children?.length ?? 0) > 0),
  };
}

function questionOutline(question: Node): QuestionOutline {
  const choices = [...walk(question)].filter((node) => node.name === 'Choice');
  return {
    id: textAttribute(question, 'id') ?? '',
    choices: choices.map((choice) => ({
      id: textAttribute(choice, 'id') ?? '',
      explained: [...walk(choice)].some((node) => node.name === 'Why' && (node.children?.length ?? 0) > 0),
    })),
  };
}

function proseOf(root: Node): string {
  const apart = (node: Node) => APART.includes(node.name ?? '') || node.type === 'yaml';
  const text = (node: Node): string =>
    apart(node) ? '' : isText(node) ? (node.value ?? '') : (node.children ?? []).map(text).join('');
  return (root.children ?? []).map(text).join('\n');
}
