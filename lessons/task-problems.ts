import { type Check, partsOf } from './checks.ts';
import { duplicates, type Finding, hardCoded, type Surroundings, unknown } from './findings.ts';
import { createMatcher } from './matcher.ts';
import type { Experiment, Lesson, Step } from './schema.ts';
import { demosNamed } from './templates.ts';
import { createWireNow } from './wire-now.ts';

/** What is wrong with the structure of a step or an experiment. */
export function taskProblems(
  task: Step | Experiment,
  where: string,
  lesson: Lesson,
  { demos, ports }: Surroundings,
): Finding[] {
  const found: Finding[] = [];
  if (holdsByItself(task.check))
    found.push({ where: `${where}, check`, message: 'holds before anything has happened' });
  for (const message of captureProblems(task, lesson)) found.push({ where, message });
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

/** Wherever packets can be captured, and where not. */
function holdsByItself(check: Check): boolean {
  return [true, false].some((captures) => {
    const now = createWireNow();
    now.captures = captures;
    return createMatcher(check, now).match !== null;
  });
}

/** Kinds of checks that can be judged by the events and packets of a single conversation. */
const IN_ONE_CONVERSATION: ReadonlySet<Check['kind']> = new Set<Check['kind']>([
  ...(['opened', 'data', 'echoed', 'half-closed', 'closed', 'reset', 'failed', 'packets'] as const),
  ...(['all', 'in-one', 'any', 'not', 'then'] as const),
]);

/** Packets must not be asked of a machine that can't capture, and what is looked for must be looked at. */
function captureProblems(task: Step | Experiment, { ports = [], exercises = [] }: Lesson): readonly string[] {
  const found: string[] = [];
  const parts = [task.check, ...task.hints.map(({ when }) => when)].flatMap(partsOf);
  for (const { kind } of parts.flatMap((part) => (part.kind === 'in-one' ? partsOf(part) : [])))
    if (!IN_ONE_CONVERSATION.has(kind)) found.push(`${kind} says nothing of one conversation: put it beside inOne(…)`);
  if (withoutCapture(task.check).some(({ kind }) => kind === 'packets' || kind === 'captured'))
    found.push('asks for packets where there may be none: put packets(…) inside of captured(…)');
  for (const part of parts) {
    if (part.kind === 'solved' && !exercises.some(({ id }) => id === part.exercise))
      found.push(`there is no exercise "${part.exercise}" in this lesson`);
    const { kind } = part;
    if ('port' in part && part.port !== undefined && !ports.includes(part.port))
      found.push(`port ${part.port} is not looked at: name it in the lesson's ports`);
    if ((kind === 'packets' || kind === 'sockets') && part.demo === undefined && part.port === undefined)
      found.push(`${kind}: needs a demo or a port`);
  }
  return found;
}

/** All parts of a check that have to hold where nothing is captured. */
function withoutCapture(check: Check): readonly Check[] {
  switch (check.kind) {
    case 'captured':
      return check.without ? withoutCapture(check.without) : [check];
    case 'all':
    case 'in-one':
    case 'any':
      return check.of.flatMap(withoutCapture);
    case 'not':
    case 'went-away':
      return withoutCapture(check.what);
    case 'then':
      return [...withoutCapture(check.first), ...withoutCapture(check.second)];
    default:
      return [check];
  }
}
