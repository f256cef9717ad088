import type { Lesson, Topic } from './schema.ts';

/**
 * One place in the course: what the path of lessons shows, before a lesson's own files are fetched. Its title is in the
 * page's words, for the same reason.
 */
export interface CourseEntry {
  /** From 1. */
  readonly number: number;
  readonly id: string;
  readonly topic: Topic;
  /** How long it takes. */
  readonly minutes: number;
  /** Ids of what is counted: steps, questions, exercises, programs. Experiments are extra. */
  readonly parts: readonly string[];
}

/** The sixteen lessons, in order. What differs from a lesson's `lesson.ts` is found by `npm run lessons`. */
export const COURSE: readonly CourseEntry[] = [
  { number: 1, id: 'sockets', topic: 'sockets', minutes: 8, parts: ['connect', 'talk', 'second', 'hang-up', 'third'] },
  {
    number: 2,
    id: 'addresses-and-ports',
    topic: 'addresses',
    minutes: 10,
    parts: ['by-address', 'other-version', 'by-name', 'nobody-listens', 'trap'],
  },
  {
    number: 3,
    id: 'tcp-stream',
    topic: 'tcp',
    minutes: 10,
    parts: ['three-writes', 'with-pauses', 'cut-character', 'who-keeps', 'parse'],
  },
  {
    number: 4,
    id: 'handshake',
    topic: 'tcp',
    minutes: 12,
    parts: ['open', 'numbers-move', 'closed-port', 'before-accept', 'in-order', 'phantom', 'refusal'],
  },
  {
    number: 5,
    id: 'closing',
    topic: 'tcp',
    minutes: 12,
    parts: ['client-first', 'server-first', 'half-close', 'in-use', 'first-fin', 'ack-of-fin', 'four-packets'],
  },
  {
    number: 6,
    id: 'udp',
    topic: 'udp',
    minutes: 9,
    parts: ['boundaries', 'empty', 'unanswered', 'nobody', 'no-answer'],
  },
  {
    number: 7,
    id: 'tcp-versus-udp',
    topic: 'udp',
    minutes: 10,
    parts: ['good-wire', 'lossy-wire', 'crooked-wire', 'which-for-what'],
  },
  {
    number: 8,
    id: 'loss',
    topic: 'tcp',
    minutes: 12,
    parts: ['one-in-the-middle', 'the-last-one', 'by-hand', 'why-three'],
  },
  {
    number: 9,
    id: 'flow-and-congestion',
    topic: 'tcp',
    minutes: 12,
    parts: ['closed-window', 'slow-start', 'sawtooth', 'who-brakes'],
  },
  {
    number: 10,
    id: 'http-by-hand',
    topic: 'http',
    minutes: 12,
    parts: ['connect', 'request', 'no-host', 'too-short', 'chunks', 'two-in-one', 'upgrade', 'half-a-body'],
  },
  {
    number: 11,
    id: 'your-own-server',
    topic: 'programs',
    minutes: 12,
    parts: ['read-again', 'read-zero', 'accept-again', 'works-here', 'your-echo', 'your-crowd', 'your-client'],
  },
  {
    number: 12,
    id: 'framing',
    topic: 'programs',
    minutes: 10,
    parts: ['a-line', 'an-object', 'length-first', 'an-element', 'form'],
  },
  {
    number: 13,
    id: 'instant-messaging',
    topic: 'chat',
    minutes: 12,
    parts: ['log-in', 'acknowledged', 'sent-again', 'come-back', 'silence', 'which-proves'],
  },
  { number: 14, id: 'xmpp', topic: 'chat', minutes: 12, parts: ['stream', 'login', 'bind', 'message', 'whose-from'] },
  { number: 15, id: 'hosted-im', topic: 'chat', minutes: 10, parts: ['token', 'without', 'push', 'whose-history'] },
  { number: 16, id: 'tls', topic: 'tls', minutes: 10, parts: ['in-the-clear', 'wrapped', 'older', 'in-the-cafe'] },
];

/** The entry that a lesson must have. */
export function entryOf({
  number,
  id,
  topic,
  minutes,
  steps,
  quiz,
  exercises = [],
  challenges = [],
}: Lesson): CourseEntry {
  return { number, id, topic, minutes, parts: [...steps, ...quiz, ...exercises, ...challenges].map((part) => part.id) };
}

/** The folder of a lesson: `01-sockets`. */
export function folderOf({ number, id }: Pick<CourseEntry, 'number' | 'id'>): string {
  return `${String(number).padStart(2, '0')}-${id}`;
}

/** The course entry with this id, or `undefined`. */
export function courseEntry(id: string): CourseEntry | undefined {
  return COURSE.find((each) => each.id === id);
}

/** The next lesson, or `undefined` after the last. */
export function nextLesson(number: number): CourseEntry | undefined {
  return COURSE.find((each) => each.number > number);
}
