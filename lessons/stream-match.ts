import type { WireEvent } from '#protocol/wire.ts';
import type { OctetsWanted } from './checks.ts';
import { cutCharacter, endsWithOctets, indexOfOctets, joined, octetsOf } from './octets.ts';
import { carriesOctets } from './payloads.ts';
import { Recent } from './recent.ts';
import type { Sighting } from './wire-now.ts';

/** Octets of one direction that are held for comparison; older ones are let go. */
export const MAX_STREAM_BYTES = 4 * 1024;

/** Octets that satisfied something. */
export interface OctetsSeen {
  readonly octets: Uint8Array;
  readonly bytes: number;
}

/** Judges the octets of all conversations it is fed. */
export type OctetsJudge = (sighting: Sighting) => OctetsSeen | null;

interface Stream {
  bytes: number;
  pieces: number;
  tail: Uint8Array;
  /** Where in the tail a read or datagram began, the first one left out. */
  cuts: readonly number[];
  /** How much of the tail has been searched in vain. */
  searched: number;
}

/** One direction of a conversation as far back as it is held, the newest event included. */
interface Held {
  readonly octets: Uint8Array;
  readonly cuts: readonly number[];
  /** Octets at its beginning that have been searched in vain. */
  readonly searched: number;
  /** Where the newest event begins. */
  readonly newest: number;
  /** The page has all octets of the newest event. */
  readonly whole: boolean;
}

/** Whether octets beyond its preview could make a difference to what is wanted of such an event. */
export function looksAtOctets({ direction, text, ends, cutCharacter }: OctetsWanted, event: WireEvent): boolean {
  if (direction !== undefined && event.direction !== direction) return false;
  return text !== undefined || ends !== undefined || cutCharacter === true;
}

/** Octets that fit what is wanted, gathered over reads: TCP keeps no boundaries. */
export function octetsJudge(wanted: OctetsWanted): OctetsJudge {
  const streams = new Recent<Stream>();
  const find = finderOf(wanted);
  const least = wanted.minBytes ?? (wanted.exactly === undefined ? 1 : 0);
  return (sighting) => {
    const { event, conversation } = sighting;
    if (wanted.direction !== undefined && event.direction !== wanted.direction) return null;
    const stream = streams.take(`${conversation.id} ${event.direction}`, freshStream);
    if (event.kind === 'skipped') forget(stream);
    if (!carriesOctets(event)) return null;
    const held = takeIn(stream, sighting);
    if (stream.bytes < least) return null;
    if (wanted.exactly !== undefined && event.length !== wanted.exactly) return null;
    const found = find ? find(held) : fitsPieces(wanted, stream.pieces) ? held.octets.slice(held.newest) : null;
    // What has an end that is wanted is searched again: its text may lie anywhere before it.
    if (!found && wanted.ends === undefined) stream.searched = stream.tail.length;
    if (!found) return null;
    forget(stream);
    return { octets: found, bytes: find ? found.length : event.length };
  };
}

function freshStream(): Stream {
  return { bytes: 0, pieces: 0, tail: new Uint8Array(), cuts: [], searched: 0 };
}

/** What comes next is not joined to what came before. */
function forget(stream: Stream): void {
  stream.tail = new Uint8Array();
  stream.cuts = [];
  stream.searched = 0;
}

function takeIn(stream: Stream, sighting: Sighting): Held {
  const { event, octets } = sighting;
  const whole = octets.length === event.length;
  const { tail, searched } = stream;
  const newest = tail.length;
  const held = joined(tail, octets);
  const cuts = newest > 0 && octets.length > 0 ? [...stream.cuts, newest] : stream.cuts;
  const dropped = Math.max(0, held.length - MAX_STREAM_BYTES);
  stream.bytes += event.length;
  stream.pieces += 1;
  forget(stream);
  if (whole) {
    stream.tail = held.slice(dropped);
    stream.cuts = cuts.map((cut) => cut - dropped).filter((cut) => cut > 0);
    stream.searched = Math.max(0, searched - dropped);
  }
  return { octets: held, cuts, searched, newest, whole };
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
function hasText({ octets, cuts, searched }: Held, text: Uint8Array, wanted: OctetsWanted): boolean {
  const from = Math.max(0, searched - text.length + 1);
  for (let at = indexOfOctets(octets, text, from); at >= 0; at = indexOfOctets(octets, text, at + 1)) {
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
