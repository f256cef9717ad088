import { useEffect, useMemo } from 'react';
import type { Conversation, WireEvent } from '#protocol/wire.ts';
import { useConversationEvents, useSession, useWire } from '../session/react.tsx';
import type { BytesOfEvent } from '../session/stream-feed.ts';
import { previewOf } from './bytes/preview.ts';

/** What reads a conversation's events as they come, and says which octets it waits for. */
export interface Trace {
  readonly wanted: number | null;
  update(events: readonly WireEvent[], bytesOf: BytesOfEvent): void;
}

/**
 * A trace of a conversation that grows with it; renders again as it does. Octets that did not come along are fetched.
 * @param make must be the same function each time
 */
export function useTrace<T extends Trace>({ id }: Conversation, make: () => T): T {
  const session = useSession();
  const events = useConversationEvents(id);
  const journal = useWire((state) => state.journal);
  const payloads = useWire((state) => state.payloads);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another conversation, or another journal, is read anew
  const trace = useMemo(make, [id, journal, make]);
  // Reading the same events twice changes nothing, so this may be done while rendering.
  trace.update(events, (event) => octetsOf(event, payloads));
  const { wanted } = trace;
  // The map stays the same object; while octets are waited for, the revision tells when it has changed.
  useWire((state) => (wanted === null ? null : state.revision));
  useEffect(() => {
    if (wanted !== null) session.requestPayload(wanted);
  }, [session, wanted]);
  return trace;
}

/** All recorded octets of an event; the preview is enough where it has them all. */
function octetsOf(event: WireEvent, payloads: ReadonlyMap<number, Uint8Array | null>): Uint8Array | null | undefined {
  if (event.evicted) return null;
  const preview = previewOf(event);
  if (preview.length >= event.recorded) return preview;
  return payloads.has(event.seq) ? (payloads.get(event.seq) ?? null) : undefined;
}

/** Events that are looked at to tell what a conversation carries. */
const MAX_LOOKED_AT_EVENTS = 8;

/** The first octets of a conversation, whoever sent them; `null` before there are any. */
export function firstOctets(events: readonly WireEvent[]): Uint8Array | null {
  const first = events.slice(0, MAX_LOOKED_AT_EVENTS).find(({ kind }) => kind === 'data');
  return first ? previewOf(first) : null;
}
