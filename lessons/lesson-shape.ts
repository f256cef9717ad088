import * as z from 'zod/mini';
import { CHECK_KINDS, TUPLE_PARTS } from './checks.ts';
import { TOOLS } from './commands.ts';
import { LAB_PACKETS } from './lab-scene.ts';
import { capturedChecks, flags } from './packet-shape.ts';
import { TOPICS } from './schema.ts';
import { count, end, id, kind, known, port, text } from './shape-parts.ts';
import { ACTIONS } from './solve.ts';

/** Something wrong in a lesson, for its author. */
export interface Problem {
  /** The file, as `01-sockets/lesson.ts`. */
  readonly file: string;
  /** Where in it, as `step "connect", hint "refused", when`; empty for the whole file. */
  readonly where: string;
  /** What is wrong and what is allowed. */
  readonly message: string;
}

/** A problem as one line. */
export function problemText({ file, where, message }: Problem): string {
  return `${file}: ${where === '' ? '' : `${where}: `}${message}`;
}

const where = {
  demo: z.optional(id),
  otherThan: z.optional(id),
  transport: z.optional(z.enum(['tcp', 'udp'])),
  port: z.optional(port),
  family: z.optional(z.union([z.literal(4), z.literal(6)])),
  clientPort: z.optional(z.enum(['system', 'user', 'dynamic'])),
};

const labHost = z.enum(['a', 'b']);
const labIs = z.enum(LAB_PACKETS.filter((each) => each !== 'any'));
const labPacket = { from: z.optional(labHost), is: z.optional(labIs), times: z.optional(count) };
const labChecks = [
  known({
    kind: kind('lab-sent'),
    rule: z.optional(id),
    zeroWindow: z.optional(z.literal(true)),
    ...labPacket,
  }),
  known({ kind: kind('lab-lost'), cause: z.optional(id), ...labPacket }),
  known({ kind: kind('lab-arrived'), overtaken: z.optional(z.literal(true)), ...labPacket }),
  known({ kind: kind('lab-state'), host: z.optional(labHost), state: text }),
  known({ kind: kind('lab-printed'), host: z.optional(labHost), text }),
  known({ kind: kind('lab-cwnd'), host: labHost, atLeast: count }),
  known({ kind: kind('lab-halved'), host: labHost, times: z.optional(count) }),
] as const;

const labDrop = known({ from: labHost, kind: z.enum(LAB_PACKETS), nth: count, count: z.optional(count) });

const check: z.ZodMiniType<unknown> = z.lazy(() => checkUnion);
const parts = z.array(check).check(z.minLength(1, 'must name at least one check'));

const checkUnion = z.discriminatedUnion('kind', [
  known({ kind: kind('opened'), ...where }),
  known({
    kind: kind('data'),
    direction: z.optional(z.enum(['to-server', 'to-client'])),
    text: z.optional(text),
    ends: z.optional(text),
    minBytes: z.optional(count),
    exactly: z.optional(z.int().check(z.minimum(0, 'must not be negative'))),
    minPieces: z.optional(count),
    maxPieces: z.optional(count),
    cutCharacter: z.optional(z.literal(true)),
    ...where,
  }),
  known({ kind: kind('echoed'), minBytes: z.optional(count), ...where }),
  known({ kind: kind('half-closed'), by: end, ...where }),
  known({ kind: kind('closed'), by: end, ...where }),
  known({ kind: kind('reset'), by: end, ...where }),
  known({ kind: kind('failed'), code: z.optional(text), ...where }),
  known({
    kind: kind('at-once'),
    conversations: count,
    differ: z.optional(z.array(z.enum(TUPLE_PARTS))),
    ...where,
  }),
  known({ kind: kind('went-away'), what: check }),
  known({ kind: kind('all'), of: parts }),
  known({ kind: kind('in-one'), of: parts }),
  known({ kind: kind('any'), of: parts }),
  known({ kind: kind('not'), what: check }),
  known({ kind: kind('then'), first: check, second: check }),
  ...capturedChecks,
  known({ kind: kind('captured'), check, without: z.optional(check) }),
  known({ kind: kind('solved'), exercise: id }),
  ...labChecks,
]);

const action = z.discriminatedUnion('do', [
  known({ do: z.literal('connect'), as: id, to: text, host: z.optional(text) }),
  known({ do: z.literal('say'), as: id, text: z.string() }),
  known({ do: z.literal('hear'), as: id, text }),
  known({ do: z.literal('hang-up'), as: id }),
  known({
    do: z.literal('send'),
    as: id,
    to: text,
    pieces: z.array(z.union([z.string(), z.array(z.int().check(z.minimum(0), z.maximum(255)))])),
    pauseMs: z.int().check(z.minimum(0, 'must not be negative')),
  }),
  known({
    do: z.literal('secure'),
    as: id,
    to: text,
    text,
    version: z.optional(z.enum(['1.2', '1.3'])),
  }),
  known({ do: z.literal('run'), as: id, command: text, until: text }),
  known({ do: z.literal('program'), as: id, command: text, until: text }),
  known({ do: z.literal('play'), grab: z.array(labDrop) }),
]);

const rate = z.number().check(z.minimum(0, 'must be from 0 to 1'), z.maximum(1, 'must be from 0 to 1'));
const whole = z.int().check(z.minimum(0, 'must not be negative'));
const labLink = known({
  delayUs: z.optional(whole),
  jitterUs: z.optional(whole),
  bandwidthBps: z.optional(count),
  queueBytes: z.optional(whole),
  loss: z.optional(rate),
  reorder: z.optional(rate),
  reorderUs: z.optional(whole),
  duplicate: z.optional(rate),
  corrupt: z.optional(rate),
  mtu: z.optional(z.int().check(z.minimum(68, 'must be at least 68 (RFC 791)'), z.maximum(65_535))),
});
const labScene = known({
  seed: whole,
  paused: z.optional(z.literal(true)),
  a: z.array(id),
  b: z.array(id),
  wire: z.optional(labLink),
  back: z.optional(labLink),
  drops: z.optional(z.array(labDrop)),
  tcp: z.optional(
    known({
      nagle: z.optional(z.boolean()),
      delayedAck: z.optional(z.boolean()),
      sack: z.optional(z.boolean()),
      timestamps: z.optional(z.boolean()),
      fastRetransmit: z.optional(z.boolean()),
      congestionControl: z.optional(z.enum(['reno', 'cubic', 'none'])),
      initialWindowSegments: z.optional(count),
      receiveBufferBytes: z.optional(count),
    }),
  ),
});

const command = known({ ours: text, own: z.partialRecord(z.enum(TOOLS), text) });
const hint = known({ id, when: check });
const prediction = known({ id, choices: z.record(id, check) });
const experiment = {
  id,
  command: z.optional(command),
  program: z.optional(known({ python: text, c: text, prints: text })),
  lab: z.optional(labScene),
  check,
  hints: z.array(hint),
  solve: z.array(action).check(z.minLength(1, 'must do something')),
};
const step = known({ ...experiment, predictions: z.optional(z.array(prediction)) });
const quiz = known({ id, choices: z.array(id).check(z.minLength(2, 'needs two choices')), right: id });
const packetWanted = known({
  flags,
  only: z.optional(z.literal(true)),
  from: z.optional(z.enum(['client', 'server'])),
  carries: z.optional(z.boolean()),
  nth: z.optional(count),
});
const exercise = z.discriminatedUnion('kind', [
  known({ kind: z.literal('blank'), id, trace: id, packet: packetWanted, field: z.enum(['seq', 'ack', 'len']) }),
  known({
    kind: z.literal('order'),
    id,
    trace: id,
    packets: z.array(packetWanted).check(z.minLength(3, 'needs at least three packets')),
  }),
  known({ kind: z.literal('find'), id, trace: id, packet: packetWanted }),
]);
const address = z.string().check(z.regex(/^https:\/\/\S+$/, 'must be an https address'));

const lessonShape = known({
  id,
  number: count,
  minutes: z.int().check(z.minimum(5, 'must be 5 to 12 minutes'), z.maximum(12, 'must be 5 to 12 minutes')),
  topic: z.enum(TOPICS),
  steps: z.array(step).check(z.minLength(3, 'needs at least three steps')),
  quiz: z.array(quiz).check(z.minLength(1, 'needs at least one question')),
  exercises: z.optional(z.array(exercise)),
  challenges: z.optional(z.array(known({ id, challenge: id }))),
  ports: z.optional(z.array(port)),
  breakIt: z.array(known(experiment)).check(z.minLength(1, 'needs at least one experiment')),
  sources: z.array(address).check(z.minLength(1, 'needs at least one source')),
});

/** What is wrong with the shape of a lesson; nothing when it can be used as a `Lesson`. */
export function shapeProblems(lesson: unknown, file: string): readonly Problem[] {
  const parsed = lessonShape.safeParse(lesson);
  if (parsed.success) return [];
  return parsed.error.issues.map((issue) => ({
    file,
    where: placeOf(issue.path, lesson),
    message: issueMessage(issue, valueAt(issue.path, lesson)),
  }));
}

function issueMessage(issue: z.core.$ZodIssue, value: unknown): string {
  if (issue.code === 'invalid_union') {
    const [what, allowed] = issue.path.at(-1) === 'do' ? ['action', ACTIONS] : ['check', CHECK_KINDS];
    return `there is no ${what} ${JSON.stringify(value)}; allowed: ${allowed.join(', ')}`;
  }
  if (issue.code === 'invalid_value')
    return `${JSON.stringify(value)} is not allowed; allowed: ${issue.values.join(', ')}`;
  if (issue.code === 'invalid_type')
    return `must be ${issue.expected}, but is ${value === undefined ? 'missing' : typeof value}`;
  return issue.message;
}

/** A path as an author reads it: list items are named by their ids. */
function placeOf(path: readonly PropertyKey[], lesson: unknown): string {
  const words: string[] = [];
  let value = lesson;
  for (const key of path) {
    value = child(value, key);
    const name = child(value, 'id');
    if (typeof key === 'number') {
      const list = words.pop() ?? 'item';
      words.push(typeof name === 'string' ? `${singular(list)} "${name}"` : `${singular(list)} ${key + 1}`);
    } else words.push(String(key));
  }
  return words.join(', ');
}

function singular(list: string): string {
  return (
    { steps: 'step', hints: 'hint', predictions: 'prediction', sources: 'source', solve: 'solve action' }[list] ?? list
  );
}

function valueAt(path: readonly PropertyKey[], lesson: unknown): unknown {
  return path.reduce<unknown>((value, key) => child(value, key), lesson);
}

function child(value: unknown, key: PropertyKey): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;
}
