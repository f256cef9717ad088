import { lesson as sockets } from './01-sockets/lesson.ts';
import { lesson as addressesAndPorts } from './02-addresses-and-ports/lesson.ts';
import { lesson as tcpStream } from './03-tcp-stream/lesson.ts';
import { lesson as handshake } from './04-handshake/lesson.ts';
import { lesson as closing } from './05-closing/lesson.ts';
import { lesson as udp } from './06-udp/lesson.ts';
import { lesson as tcpVersusUdp } from './07-tcp-versus-udp/lesson.ts';
import { lesson as loss } from './08-loss/lesson.ts';
import { lesson as flowAndCongestion } from './09-flow-and-congestion/lesson.ts';
import { lesson as httpByHand } from './10-http-by-hand/lesson.ts';
import { lesson as yourOwnServer } from './11-your-own-server/lesson.ts';
import { lesson as framing } from './12-framing/lesson.ts';
import { lesson as instantMessaging } from './13-instant-messaging/lesson.ts';
import { lesson as xmpp } from './14-xmpp/lesson.ts';
import { lesson as hostedIm } from './15-hosted-im/lesson.ts';
import { lesson as tls } from './16-tls/lesson.ts';
import type { Lesson, Topic } from './schema.ts';

/** One place in the course. Its title is in the page's words, too: the path shows it before the lesson's own are fetched. */
export interface CourseEntry {
  /** From 1. */
  readonly number: number;
  readonly id: string;
  readonly topic: Topic;
  readonly lesson: Lesson;
}

/** The sixteen lessons, in order. */
export const COURSE: readonly CourseEntry[] = [
  entry(1, 'sockets', 'sockets', sockets),
  entry(2, 'addresses-and-ports', 'addresses', addressesAndPorts),
  entry(3, 'tcp-stream', 'tcp', tcpStream),
  entry(4, 'handshake', 'tcp', handshake),
  entry(5, 'closing', 'tcp', closing),
  entry(6, 'udp', 'udp', udp),
  entry(7, 'tcp-versus-udp', 'udp', tcpVersusUdp),
  entry(8, 'loss', 'tcp', loss),
  entry(9, 'flow-and-congestion', 'tcp', flowAndCongestion),
  entry(10, 'http-by-hand', 'http', httpByHand),
  entry(11, 'your-own-server', 'programs', yourOwnServer),
  entry(12, 'framing', 'programs', framing),
  entry(13, 'instant-messaging', 'chat', instantMessaging),
  entry(14, 'xmpp', 'chat', xmpp),
  entry(15, 'hosted-im', 'chat', hostedIm),
  entry(16, 'tls', 'tls', tls),
];

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

function entry(number: number, id: string, topic: Topic, lesson: Lesson): CourseEntry {
  return { number, id, topic, lesson };
}
