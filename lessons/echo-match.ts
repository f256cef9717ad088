import { PREVIEW_BYTES } from '#protocol/limits.ts';
import type { WireEvent } from '#protocol/wire.ts';
import { indexOfOctets, joined } from './octets.ts';
import { carriesOctets } from './payloads.ts';
import { Recent } from './recent.ts';
import { MAX_STREAM_BYTES, type OctetsJudge } from './stream-match.ts';
import type { Sighting } from './wire-now.ts';

/** Longest event that is compared whole, in octets; of a longer one its preview is. */
export const MAX_COMPARED_BYTES = 1_024;

/** Octets that the client sent and that have not come back: runs without a gap in between. */
interface Pending {
  runs: Uint8Array[];
  /** Octets that came back so far. */
  returned: number;
}

/** Whether octets beyond its preview are compared. */
export function looksAtEcho(event: WireEvent): boolean {
  return event.length <= MAX_COMPARED_BYTES;
}

/**
 * Octets that came back as they were sent. A run of the answer is looked for in what is pending, so octets that were under way
 * when the check began do no harm, and a gap in the record is never guessed over.
 */
export function echoJudge(minBytes: number): OctetsJudge {
  const pendings = new Recent<Pending>();
  return (sighting) => {
    const { event, conversation } = sighting;
    const pending = pendings.take(String(conversation.id), () => ({ runs: [], returned: 0 }));
    const sent = event.direction === 'to-server';
    if (event.kind === 'skipped' && sent) leaveGap(pending);
    if (!carriesOctets(event) || event.length === 0) return null;
    const octets = comparedOctets(sighting);
    if (sent) keepSent(pending, octets, octets.length === event.length);
    if (sent || octets.length === 0 || !takeReturned(pending, octets)) return null;
    pending.returned += event.length;
    return pending.returned < minBytes ? null : { octets, bytes: event.length };
  };
}

function comparedOctets({ event, octets }: Sighting): Uint8Array {
  return looksAtEcho(event) ? octets : octets.slice(0, PREVIEW_BYTES);
}

function leaveGap(pending: Pending): void {
  if (pending.runs.at(-1)?.length !== 0) pending.runs.push(new Uint8Array());
}

function keepSent(pending: Pending, octets: Uint8Array, whole: boolean): void {
  const last = pending.runs.pop() ?? new Uint8Array();
  pending.runs.push(joined(last, octets));
  if (!whole) leaveGap(pending);
  while (pending.runs.reduce((sum, run) => sum + run.length, 0) > MAX_STREAM_BYTES) {
    const first = pending.runs.shift();
    if (pending.runs.length === 0 && first) pending.runs.push(first.slice(-MAX_STREAM_BYTES));
  }
}

function takeReturned(pending: Pending, octets: Uint8Array): boolean {
  for (const [index, run] of pending.runs.entries()) {
    const at = indexOfOctets(run, octets);
    if (at < 0) continue;
    pending.runs = [run.slice(at + octets.length), ...pending.runs.slice(index + 1)];
    return true;
  }
  return false;
}
