import { MAX_SHARED_CONVERSATIONS, MAX_SHARED_EVENTS, MAX_SHARED_PAYLOAD_BYTES } from './limits.ts';
import { readPayload, spellPayload } from './payload-spelling.ts';
import { evictedEvent, type RecordedEvent, type Recording, recordedEvent } from './recording.ts';
import {
  headSchema,
  MARKER,
  RECORDING_VERSION,
  type Shared,
  type SharedEvent,
  sharedSchema,
} from './recording-schema.ts';
import { type Refusal, refuse } from './refusal.ts';

/** What opening gives. */
export type Opened = { readonly ok: true; readonly recording: Recording } | Refusal;

/** A recording as JSON: what a file holds. */
export function recordingJson(recording: Recording): string {
  const { madeWallMs, conversations, events, missed, leftOut } = recording;
  const shared: Shared = {
    porthole: MARKER,
    version: RECORDING_VERSION,
    madeWallMs,
    conversations: [...conversations],
    events: events.map(({ event: { preview, ...event }, payload }) => ({ ...event, ...spellPayload(payload) })),
    missed: [...missed].map(([before, count]) => ({ before, count })),
    leftOut,
  };
  return JSON.stringify(shared);
}

/** Checks shape, bounds and consistency of what a file or a link held. Never throws. */
export function openJson(json: string): Opened {
  const value = parsed(json);
  if (value === undefined) return refuse('damaged');
  const head = headSchema.safeParse(value);
  if (!head.success) return refuse('no-recording');
  if (head.data.version > RECORDING_VERSION) return refuse('too-new');
  if (hasTooMany(value)) return refuse('too-large');
  const shared = sharedSchema.safeParse(value);
  if (!shared.success) return refuse('malformed', shared.error.issues[0]?.path.join('.'));
  return consistent(shared.data);
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    // SyntaxError, or RangeError where an engine's stack ends before the brackets do: either way it is no recording.
    return undefined;
  }
}

/** Counted before the schema looks at each entry, and remembers what is wrong with each. */
function hasTooMany(value: unknown): boolean {
  const { conversations, events, missed } = Object(value);
  const isLonger = (list: unknown, max: number) => Array.isArray(list) && list.length > max;
  return (
    isLonger(conversations, MAX_SHARED_CONVERSATIONS) ||
    isLonger(events, MAX_SHARED_EVENTS) ||
    isLonger(missed, MAX_SHARED_EVENTS)
  );
}

/** What the shape alone does not say: ids exist and are used once, events rise, octets add up. */
function consistent(shared: Shared): Opened {
  const ids = new Set(shared.conversations.map(({ id }) => id));
  if (ids.size < shared.conversations.length) return refuse('malformed', 'conversations');
  const events: RecordedEvent[] = [];
  let lastSeq = 0;
  let bytes = 0;
  for (const [index, each] of shared.events.entries()) {
    const recorded = each.seq > lastSeq && ids.has(each.conversation) ? recordedOf(each) : null;
    if (!recorded) return refuse('malformed', `events.${index}`);
    events.push(recorded);
    lastSeq = each.seq;
    bytes += recorded.payload.length;
    if (bytes > MAX_SHARED_PAYLOAD_BYTES) return refuse('too-large');
  }
  const { madeWallMs, conversations, leftOut } = shared;
  const missed = new Map(shared.missed.map(({ before, count }) => [before, count]));
  return { ok: true, recording: { madeWallMs, conversations, events, missed, leftOut } };
}

/** `null` where the octets are not as many as they should be. */
function recordedOf({ text, base64, ...event }: SharedEvent): RecordedEvent | null {
  const payload = readPayload({ text, base64 });
  if (!payload || event.recorded > event.length) return null;
  if (event.evicted) return payload.length === 0 ? evictedEvent(event) : null;
  return payload.length === event.recorded ? recordedEvent(event, payload) : null;
}
