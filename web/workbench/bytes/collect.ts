import type { Direction, WireEvent } from '#protocol/wire.ts';
import type { WireSession } from '../../session/wire-session.ts';
import { concatBytes } from './byte-export.ts';
import { previewOf } from './preview.ts';

/** Octets copied or saved at once, at the most. */
export const MAX_EXPORT_BYTES = 8 * 1024 * 1024;

/** How long one event's octets are waited for, in milliseconds; afterwards they count as missing. */
export const PAYLOAD_WAIT_MS = 8_000;

/** What of a conversation to copy. */
export type Scope = Direction | 'selected';

/** What was collected. */
export interface Collected {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Octets that went over the wire and are not in `bytes`: cut, skipped, evicted. */
  readonly missing: number;
}

/** The events whose octets a scope names. */
export function eventsInScope(events: readonly WireEvent[], scope: Scope, selected: number | null): WireEvent[] {
  return events.filter((event) => {
    if (event.kind !== 'data' && event.kind !== 'datagram' && event.kind !== 'skipped') return false;
    return scope === 'selected' ? event.seq === selected : event.direction === scope;
  });
}

/** Fetches what is not here and joins it. `null` when it is more than MAX_EXPORT_BYTES. */
export async function collect(
  session: Pick<WireSession, 'store' | 'requestPayload'>,
  events: readonly WireEvent[],
): Promise<Collected | null> {
  const recorded = events.reduce((sum, event) => sum + event.recorded, 0);
  if (recorded > MAX_EXPORT_BYTES) return null;
  const pieces: Uint8Array[] = [];
  for (const event of events) pieces.push(await octetsOf(session, event));
  const bytes = concatBytes(pieces);
  return { bytes, missing: events.reduce((sum, event) => sum + event.length, 0) - bytes.length };
}

/** All recorded octets of an event; the preview where the journal has no more. */
async function octetsOf(session: Pick<WireSession, 'store' | 'requestPayload'>, event: WireEvent): Promise<Uint8Array> {
  const preview = previewOf(event);
  if (event.evicted || preview.length >= event.recorded) return preview;
  return (await payloadOf(session, event.seq)) ?? preview;
}

function payloadOf(
  session: Pick<WireSession, 'store' | 'requestPayload'>,
  seq: number,
): Promise<Uint8Array | null | undefined> {
  return new Promise((resolve) => {
    const done = (payload: Uint8Array | null | undefined) => {
      clearTimeout(timer);
      stop();
      resolve(payload);
    };
    const timer = setTimeout(() => done(undefined), PAYLOAD_WAIT_MS);
    const stop = session.store.subscribe(({ payloads }) => {
      if (payloads.has(seq)) done(payloads.get(seq));
    });
    session.requestPayload(seq);
    const here = session.store.getState().payloads;
    if (here.has(seq)) done(here.get(seq));
  });
}
