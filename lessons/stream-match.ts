import type { WireEvent } from '#protocol/wire.ts';
import type { OctetsWanted } from './checks.ts';
import { cutCharacter, endsWithOctets, indexOfOctets, joined, octetsOf, octetsOfBase64 } from './octets.ts';
import type { Sighting } from './wire-now.ts';

/** Octets of one direction that are held for comparison; older ones are let go. */
export const MAX_STREAM_BYTES = 4 * 1024;
/** Conversations for which octets are held; the one that was quiet longest is let go. */
export const MAX_STREAMS = 1_000;

/** Octets that satisfied something. */
export interface OctetsSeen {
  readonly octets: Uint8Array;
  readonly bytes: number;
}

/** Judges the octets of all conversations it is fed. */
export type OctetsJudge = (sighting: Sighting) => OctetsSeen | null;

/** The octets of an event as far as the page has them: never more than the preview. */
function octetsAt(event: WireEvent): { readonly octets: Uint8Array; readonly whole: boolean } {
  const octets = octetsOfBase64(event.preview);
  return { octets, whole: octets.length === event.length };
}

function carriesOctets(event: WireEvent): boolean {
  return event.kind === 'data' || event.kind === 'datagram';
}

/** A bounded map that lets go of the entry that was used longest ago. */
class Recent<T> {
  readonly #entries = new Map<string, T>();

  take(key: string, fresh: () => T): T {
    const entry = this.#entries.get(key) ?? fresh();
    this.#entries.delete(key);
    this.#entries.set(key, entry);
    if (this.#entries.size > MAX_STREAMS) {
      const [oldest] = this.#entries.keys();
      if (oldest !== undefined) this.#entries.delete(oldest);
    }
    return entry;
  }
}

interface Stream {
  bytes: number;
  pieces: number;
  tail: Uint8Array;
  /** Where in the tail a read or datagram began, the first one left out. */
  cuts: readonly number[];
}

/** One direction of a conversation as far back as it is held, the newest event included. */
interface Held {
  readonly octets: Uint8Array;
  readonly cuts: readonly number[];
  /** Where the newest event begins. */
  readonly newest: number;
  /** The page has all octets of the newest event. */
  readonly whole: boolean;
}

/** Octets that fit what is wanted, gathered over reads: TCP keeps no boundaries. */
export function octetsJudge(wanted: OctetsWanted): OctetsJudge {
  const streams = new Recent<Stream>();
  const find = finderOf(wanted);
  const least = wanted.minBytes ?? (wanted.exactly === undefined ? 1 : 0);
  return ({ event, conversation }) => {
    if (wanted.direction !== undefined && event.direction !== wanted.direction) return null;
    const stream = streams.take(`${conversation.id} ${event.direction}`, freshStream);
    if (event.kind === 'skipped') forget(stream);
    if (!carriesOctets(event)) return null;
    const held = takeIn(stream, event);
    if (stream.bytes < least) return null;
    if (wanted.exactly !== undefined && event.length !== wanted.exactly) return null;
    const found = find ? find(held) : fitsPieces(wanted, stream.pieces) ? held.octets.slice(held.newest) : null;
    if (!found) return null;
    forget(stream);
    return { octets: found, bytes: find ? found.length : event.length };
  };
}

function freshStream(): Stream {
  return { bytes: 0, pieces: 0, tail: new Uint8Array(), cuts: [] };
}

/** What comes next is not joined to what came before. */
function forget(stream: Stream): void {
  stream.tail = new Uint8Array();
  stream.cuts = [];
}

function takeIn(stream: Stream, event: WireEvent): Held {
  const { octets, whole } = octetsAt(event);
  const newest = stream.tail.length;
  const held = joined(stream.tail, octets);
  const cuts = newest > 0 && octets.length > 0 ? [...stream.cuts, newest] : stream.cuts;
  const dropped = Math.max(0, held.length - MAX_STREAM_BYTES);
  stream.bytes += event.length;
  stream.pieces += 1;
  forget(stream);
  if (whole) {
    stream.tail = held.slice(dropped);
    stream.cuts = cuts.map((cut) => cut - dropped).filter((cut) => cut > 0);
  }
  return { octets: held, cuts, newest, whole };
}

/** Finds what is wanted in what is held; `null` where any octets will do. */
function finderOf(wanted: OctetsWanted): ((held: Held) => Uint8Array | null) | null {
  const text = wanted.text === undefined ? null : octetsOf(wanted.text);
  const ending = wanted.ends === undefined ? null : octetsOf(wanted.ends);
  if (wanted.cutCharacter) return ({ octets, newest }) => cutCharacter(octets, newest);
  if (!text && !ending) return null;
  return (held) => {
    if (text && !hasText(held, text, wanted)) return null;
    if (ending && !(held.whole && hasEnding(held, ending, wanted))) return null;
    return held.octets;
  };
}

/** Whether the text is there in the right number of pieces: an earlier one in too few does not hide a later one. */
function hasText({ octets, cuts }: Held, text: Uint8Array, wanted: OctetsWanted): boolean {
  for (let at = indexOfOctets(octets, text); at >= 0; at = indexOfOctets(octets, text, at + 1)) {
    if (fitsPieces(wanted, piecesIn(cuts, at, at + text.length))) return true;
  }
  return false;
}

function hasEnding({ octets, cuts }: Held, ending: Uint8Array, wanted: OctetsWanted): boolean {
  if (!endsWithOctets(octets, ending)) return false;
  return fitsPieces(wanted, piecesIn(cuts, octets.length - ending.length, octets.length));
}

/** In how many reads or datagrams the octets from `start` up to `end` lie. */
function piecesIn(cuts: readonly number[], start: number, end: number): number {
  return 1 + cuts.filter((cut) => cut > start && cut < end).length;
}

function fitsPieces({ minPieces = 1, maxPieces }: OctetsWanted, pieces: number): boolean {
  return pieces >= minPieces && (maxPieces === undefined || pieces <= maxPieces);
}

/** Octets that the client sent and that have not come back: runs without a gap in between. */
interface Pending {
  runs: Uint8Array[];
  /** Octets that came back so far. */
  returned: number;
}

/**
 * Octets that came back as they were sent. A run of the answer is looked for in what is pending, so octets that were under way
 * when the check began do no harm, and a gap in the record is never guessed over.
 */
export function echoJudge(minBytes: number): OctetsJudge {
  const pendings = new Recent<Pending>();
  return ({ event, conversation }) => {
    const pending = pendings.take(String(conversation.id), () => ({ runs: [], returned: 0 }));
    const sent = event.direction === 'to-server';
    if (event.kind === 'skipped' && sent) pending.runs.push(new Uint8Array());
    if (!carriesOctets(event) || event.length === 0) return null;
    const { octets, whole } = octetsAt(event);
    if (sent) keepSent(pending, octets, whole);
    if (sent || octets.length === 0 || !takeReturned(pending, octets)) return null;
    pending.returned += event.length;
    return pending.returned < minBytes ? null : { octets, bytes: event.length };
  };
}

function keepSent(pending: Pending, octets: Uint8Array, whole: boolean): void {
  const last = pending.runs.pop() ?? new Uint8Array();
  pending.runs.push(joined(last, octets));
  if (!whole) pending.runs.push(new Uint8Array());
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
