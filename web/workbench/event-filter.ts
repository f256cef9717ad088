import type { Direction, WireEvent } from '#protocol/wire.ts';
import { bytesOf } from '../session/base64.ts';
import { holdsText } from './payload-search.ts';

/** What to look for. */
export interface EventFilter {
  readonly direction: Direction | null;
  /** Looked for in what came along of the payload, upper and lower case alike; empty matches all. */
  readonly text: string;
  /** Events that hold the text further behind. Default: none. */
  readonly found?: ReadonlySet<number>;
}

/** Kinds that carry octets. A filter chooses among these; what opens, ends or breaks stays in view. */
const CARRIERS: ReadonlySet<WireEvent['kind']> = new Set(['data', 'datagram', 'skipped']);

/** Which events a filter shows; `null` where it shows all. */
export function matcherOf({ direction, text, found }: EventFilter): ((event: WireEvent) => boolean) | null {
  const wanted = text.toLowerCase();
  if (direction === null && wanted === '') return null;
  return (event) => {
    if (!CARRIERS.has(event.kind)) return true;
    if (direction !== null && event.direction !== direction) return false;
    return wanted === '' || found?.has(event.seq) === true || holdsText(bytesOf(event.preview), wanted);
  };
}
