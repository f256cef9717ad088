import { PREVIEW_BYTES } from '#protocol/limits.ts';
import type { Conversation, WireEvent } from '#protocol/wire.ts';
import { base64Of } from './base64.ts';

/** One wire event, and all its octets that were recorded and are still there. */
export interface RecordedEvent {
  /** `recorded` counts `payload`, except where it was `evicted`; `preview` is its beginning. */
  readonly event: WireEvent;
  /** Empty where nothing was recorded, and where it was `evicted`. */
  readonly payload: Uint8Array;
}

/** Payload that the maker's journal had recorded and that is not in the recording. */
export interface LeftOut {
  /** Events of which some octets, or all, were left out. */
  readonly payloads: number;
  readonly bytes: number;
}

/** What is shared: conversations as they were at one moment, with their events. */
export interface Recording {
  /** When it was made: wall clock of the maker, milliseconds since 1970-01-01 UTC. */
  readonly madeWallMs: number;
  readonly conversations: readonly Conversation[];
  /** In rising `seq`, which need not be without gaps: other conversations had the numbers between. */
  readonly events: readonly RecordedEvent[];
  /** Events that the maker's page had missed, by the `seq` of the event after the gap. */
  readonly missed: ReadonlyMap<number, number>;
  readonly leftOut: LeftOut;
}

/** An event with these octets as its payload; its preview is their beginning. */
export function recordedEvent(event: Omit<WireEvent, 'preview' | 'recorded'>, payload: Uint8Array): RecordedEvent {
  const preview = base64Of(payload.subarray(0, PREVIEW_BYTES));
  return { event: { ...event, recorded: payload.length, preview }, payload };
}

/** An event whose octets the journal had already let go: what `recorded` counted is gone. */
export function evictedEvent(event: Omit<WireEvent, 'preview'>): RecordedEvent {
  return { event: { ...event, evicted: true, preview: '' }, payload: new Uint8Array() };
}

/** Octets of payload in a recording. */
export function payloadBytes(recording: Recording): number {
  return recording.events.reduce((sum, { payload }) => sum + payload.length, 0);
}
