import type { Sized } from '../../chat/batch-log.ts';
import type { RoomFormat } from '../../chat/room-batch.ts';
import type { RoomEvent } from '../../chat/room-event.ts';
import { lineOf } from './lines.ts';

/** Where octets of a batch stand: from `start` up to, not including, `end`. */
interface Run {
  readonly start: number;
  readonly end: number;
}

/** The lines of one batch, encoded once. Each recipient gets them all but its own. */
export interface LineBatch extends Sized {
  readonly bytes: Buffer;
  /** Member id → the runs that its own lines make. */
  readonly own: ReadonlyMap<number, readonly Run[]>;
}

/** The form in which the room's events go to clients by lines. */
export const LINES: RoomFormat<LineBatch> = { render: renderLines };

/** Encodes the events of one batch as lines. */
export function renderLines(events: readonly RoomEvent[]): LineBatch {
  const parts: Buffer[] = [];
  const own = new Map<number, Run[]>();
  let size = 0;
  for (let index = 0; index < events.length; ) {
    const [bytes, next, by] = encodeRun(events, index);
    const runs = own.get(by);
    const run = { start: size, end: size + bytes.length };
    if (runs) runs.push(run);
    else own.set(by, [run]);
    parts.push(bytes);
    size += bytes.length;
    index = next;
  }
  const [only] = parts;
  return { size, bytes: only && parts.length === 1 ? only : Buffer.concat(parts, size), own };
}

/** What of a batch is for this member: not its own lines, and nothing from before it joined. Views, not copies. */
export function segmentsFor(batch: LineBatch, member: number, from: number): Buffer[] {
  const runs = batch.own.get(member);
  if (!runs) return [batch.bytes];
  const segments: Buffer[] = [];
  // A newcomer's first event is its own joining, so what comes before its first run is not for it.
  let start = from > 0 ? (runs[0]?.start ?? 0) : 0;
  for (const run of runs) {
    if (run.start > start) segments.push(batch.bytes.subarray(start, run.start));
    start = run.end;
  }
  if (batch.size > start) segments.push(batch.bytes.subarray(start));
  return segments;
}

/** Encodes the events from `index` on that the same member did; answers their octets, the next index, and who. */
function encodeRun(events: readonly RoomEvent[], index: number): [Buffer, number, number] {
  const by = events[index]?.by ?? 0;
  let text = '';
  let next = index;
  for (let event = events[next]; event?.by === by; event = events[next]) {
    text += lineOf(event);
    next += 1;
  }
  return [Buffer.from(text), next, by];
}
