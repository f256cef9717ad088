import type { Chunk } from './hexdump.ts';
import { CONTEXT_BYTES, type Utf8Context } from './utf8-cells.ts';

/** Octets of a chunk that are here: all of them when fetched, else the preview. */
export type BytesOfChunk = (chunk: Chunk) => Uint8Array;

const NOTHING = new Uint8Array(0);

/** Up to CONTEXT_BYTES octets before `offset` of a chunk, reaching into the chunks that adjoin; `null` when unknown. */
function contextBefore(chunk: Chunk, offset: number, bytesOf: BytesOfChunk): Uint8Array | null {
  const own = bytesOf(chunk).subarray(Math.max(0, offset - CONTEXT_BYTES), offset);
  if (offset >= CONTEXT_BYTES) return own.length < CONTEXT_BYTES ? null : own;
  if (own.length < offset) return null;
  let found = Array.from(own);
  for (let from: Chunk = chunk; found.length < CONTEXT_BYTES; ) {
    if (!from.previous) return from.startUnknown ? null : Uint8Array.from(found);
    from = from.previous;
    const bytes = bytesOf(from);
    if (bytes.length < from.event.length) return null;
    found = [...bytes.subarray(Math.max(0, bytes.length - (CONTEXT_BYTES - found.length))), ...found];
  }
  return Uint8Array.from(found);
}

/** Up to CONTEXT_BYTES octets from `offset` on, reaching into the chunks that adjoin; `null` when unknown. */
function contextAfter(chunk: Chunk, offset: number, bytesOf: BytesOfChunk): Uint8Array | null {
  let found = Array.from(bytesOf(chunk).subarray(offset, offset + CONTEXT_BYTES));
  for (let from: Chunk = chunk; found.length < CONTEXT_BYTES; ) {
    if (bytesOf(from).length < from.event.length) return null;
    if (!from.next) return from.endUnknown ? null : Uint8Array.from(found);
    from = from.next;
    found = [...found, ...bytesOf(from).subarray(0, CONTEXT_BYTES - found.length)];
  }
  return Uint8Array.from(found);
}

/** Neighbouring octets of a row, so that a character split over rows or chunks is shown as belonging to both. */
export function contextOf(chunk: Chunk, offset: number, length: number, bytesOf: BytesOfChunk): Utf8Context {
  if (chunk.event.recorded === 0) return { before: NOTHING, after: NOTHING };
  return { before: contextBefore(chunk, offset, bytesOf), after: contextAfter(chunk, offset + length, bytesOf) };
}
