import type { Conversation, WireEvent } from '#protocol/wire.ts';
import { bytesOf } from '../session/base64.ts';
import type { Clock } from '../session/clock.ts';
import type { EventLog } from '../session/event-log.ts';
import type { WireSession } from '../session/wire-session.ts';
import type { WireState } from '../session/wire-state.ts';
import { PAGE_DEMO } from '../workbench/conversation-list.ts';
import { fetchPayloads } from './fetch-payloads.ts';
import { MAX_SHARED_PAYLOAD_BYTES } from './limits.ts';
import { evictedEvent, type LeftOut, type RecordedEvent, type Recording, recordedEvent } from './recording.ts';

/** What making a recording needs. */
export interface MakeOptions {
  readonly session: Pick<WireSession, 'store' | 'requestPayload'>;
  /** Id of the one conversation to record; `null` records everything that the page holds. */
  readonly conversation: number | null;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** Told as payloads come. */
  readonly progress: (done: number, total: number) => void;
  /** For tests. Default MAX_SHARED_PAYLOAD_BYTES. */
  readonly maxPayloadBytes?: number;
}

/** Porthole's own page is never shared: its requests carry what lets a browser in, and teach nothing. */
export function isShareable({ demo }: Pick<Conversation, 'demo'>): boolean {
  return demo !== PAGE_DEMO;
}

/**
 * Records what the page holds at this moment; what comes while payloads are being fetched is not in it.
 * Rejects with the signal's reason when it is aborted.
 */
export async function makeRecording(options: MakeOptions): Promise<Recording> {
  const { session, clock, signal, progress } = options;
  const taken = takeNow(session.store.getState(), options.conversation);
  const madeWallMs = clock.now();
  const kept = octetsToKeep(taken.events, options.maxPayloadBytes ?? MAX_SHARED_PAYLOAD_BYTES);
  const seqs = taken.events.filter((event) => (kept.get(event) ?? 0) > held(event)).map(({ seq }) => seq);
  const payloads = await fetchPayloads({ session, seqs, clock, signal, progress });
  signal.throwIfAborted();
  const events = taken.events.map((event) => recorded(event, payloads.get(event.seq), kept.get(event) ?? 0));
  const { conversations, missed } = taken;
  return { madeWallMs, conversations, events, missed, leftOut: leftOut(taken.events, events) };
}

interface Taken {
  readonly conversations: readonly Conversation[];
  readonly events: readonly WireEvent[];
  readonly missed: ReadonlyMap<number, number>;
}

function takeNow({ log, conversations }: WireState, only: number | null): Taken {
  const wanted = new Map<number, Conversation>();
  for (const [id, conversation] of conversations) {
    if (isShareable(conversation) && (only === null || only === id)) wanted.set(id, conversation);
  }
  const events: WireEvent[] = [];
  const missed = new Map<number, number>();
  let missedSince = 0;
  for (const event of log.since(0)) {
    missedSince += missedBefore(log, event);
    if (!wanted.has(event.conversation)) continue;
    // Before the first event of all there is nothing that a gap could be between.
    if (missedSince > 0 && events.length > 0) missed.set(event.seq, missedSince);
    missedSince = 0;
    events.push(event);
  }
  return { conversations: [...wanted.values()], events, missed };
}

const missedBefore = (log: EventLog, { seq }: WireEvent): number => log.missedBefore(seq);

const PER_GROUP = 4;
const OCTETS_PER_GROUP = 3;

/** Octets that came along with an event, counted without decoding them. */
function held({ preview }: WireEvent): number {
  const padding = preview.endsWith('==') ? 2 : preview.endsWith('=') ? 1 : 0;
  return (preview.length / PER_GROUP) * OCTETS_PER_GROUP - padding;
}

/** How many octets of each event fit the bound: of every event what is here already, then the rest, newest first. */
function octetsToKeep(events: readonly WireEvent[], maxBytes: number): ReadonlyMap<WireEvent, number> {
  const kept = new Map<WireEvent, number>();
  let room = maxBytes;
  const keep = (event: WireEvent, bytes: number) => {
    const more = bytes - (kept.get(event) ?? 0);
    if (event.evicted || more <= 0 || more > room) return;
    kept.set(event, bytes);
    room -= more;
  };
  const newestFirst = events.toReversed();
  for (const event of newestFirst) keep(event, held(event));
  for (const event of newestFirst) keep(event, event.recorded);
  return kept;
}

function recorded(event: WireEvent, fetched: Uint8Array | undefined, keep: number): RecordedEvent {
  if (event.evicted) return evictedEvent(event);
  return recordedEvent(event, (fetched ?? bytesOf(event.preview)).subarray(0, keep));
}

function leftOut(before: readonly WireEvent[], after: readonly RecordedEvent[]): LeftOut {
  let payloads = 0;
  let bytes = 0;
  for (const [index, event] of before.entries()) {
    const lost = event.evicted ? 0 : event.recorded - (after[index]?.payload.length ?? 0);
    if (lost <= 0) continue;
    payloads += 1;
    bytes += lost;
  }
  return { payloads, bytes };
}
