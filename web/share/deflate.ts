/** DEFLATE (RFC 1951) without a wrapper, by the browser's own streams. */

/** Packed octets handed over at once: what one piece can become (1032 : 1) is what may exceed a bound before it is noticed. */
export const PIECE_BYTES = 1_024;

/** Whether this browser can pack and unpack. */
export function canDeflate(): boolean {
  try {
    new DecompressionStream('deflate-raw');
    return typeof CompressionStream === 'function';
  } catch {
    // Not there, or without this format (TypeError): the answer is no.
    return false;
  }
}

/** Packs octets. */
export async function deflate(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  const packed = new Blob([bytes]).stream().pipeThrough(new CompressionStream('deflate-raw'));
  return new Uint8Array(await new Response(packed).arrayBuffer());
}

/** What unpacking gives; `broken`: not DEFLATE, or not whole. */
export type Inflated =
  | { readonly ok: true; readonly bytes: Uint8Array<ArrayBuffer> }
  | { readonly ok: false; readonly why: 'too-large' | 'broken' };

/**
 * Unpacks, and stops as soon as more than `maxBytes` have come out: a bomb is never unpacked. `packed` is asked for
 * the next piece only when the one before has been dealt with.
 */
export async function inflate(packed: ReadableStream<Uint8Array<ArrayBuffer>>, maxBytes: number): Promise<Inflated> {
  const unpacker = new DecompressionStream('deflate-raw');
  const stop = new AbortController();
  // What goes wrong here goes wrong for the reader below as well, which reports it.
  packed.pipeTo(oneAtATime(unpacker.writable), { signal: stop.signal }).catch(() => {});
  const reader = unpacker.readable.getReader();
  const pieces: Uint8Array[] = [];
  let length = 0;
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read()) {
      length += next.value.length;
      if (length > maxBytes) return { ok: false, why: 'too-large' };
      pieces.push(next.value);
    }
  } catch {
    // The stream's only way to say that the octets are no DEFLATE; which error it throws differs between engines.
    return { ok: false, why: 'broken' };
  } finally {
    stop.abort();
  }
  return { ok: true, bytes: joined(pieces, length) };
}

/** Takes a chunk only when the one before has been dealt with; engines queue up to 16,384 chunks by themselves. */
function oneAtATime(target: WritableStream<BufferSource>): WritableStream<Uint8Array<ArrayBuffer>> {
  const writer = target.getWriter();
  return new WritableStream({
    write: (chunk) => writer.write(chunk),
    close: () => writer.close(),
    abort: (reason) => writer.abort(reason),
  });
}

/** Octets as a stream of small pieces that waits to be asked. */
export function inPieces(bytes: Uint8Array<ArrayBuffer>): ReadableStream<Uint8Array<ArrayBuffer>> {
  let at = 0;
  return new ReadableStream<Uint8Array<ArrayBuffer>>(
    {
      pull(controller) {
        if (at >= bytes.length) {
          controller.close();
          return;
        }
        controller.enqueue(bytes.slice(at, at + PIECE_BYTES));
        at += PIECE_BYTES;
      },
    },
    { highWaterMark: 0 },
  );
}

function joined(pieces: readonly Uint8Array[], length: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const piece of pieces) {
    bytes.set(piece, at);
    at += piece.length;
  }
  return bytes;
}
