import type { Direction, WireEvent } from '#protocol/wire.ts';
import { bytesOf } from '../session/base64.ts';

/** What to look for. */
export interface EventFilter {
  readonly direction: Direction | null;
  /** Looked for in the payload, as far as it is here, upper and lower case alike; empty matches all. */
  readonly text: string;
}

/** Kinds that carry octets. A filter chooses among these; what opens, ends or breaks stays in view. */
const CARRIERS: ReadonlySet<WireEvent['kind']> = new Set(['data', 'datagram', 'skipped']);

/** Which events a filter shows; `null` where it shows all. */
export function matcherOf({ direction, text }: EventFilter): ((event: WireEvent) => boolean) | null {
  const wanted = text.toLowerCase();
  if (direction === null && wanted === '') return null;
  return (event) => {
    if (!CARRIERS.has(event.kind)) return true;
    if (direction !== null && event.direction !== direction) return false;
    return wanted === '' || payloadHas(event, wanted);
  };
}

/** Only the preview is searched: the rest is not here. */
function payloadHas(event: WireEvent, wanted: string): boolean {
  return new TextDecoder().decode(bytesOf(event.preview)).toLowerCase().includes(wanted);
}
