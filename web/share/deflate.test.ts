import { getDefaultHighWaterMark } from 'node:stream';
import { constants, deflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { canDeflate, deflate, inflate, inPieces, PIECE_BYTES } from './deflate.ts';

const ZEROS_BYTES = 64 * 1024;
/** Unpacks to so many zeros, ends at an octet's boundary and is not the last: it can follow itself without end. */
const ZEROS = Uint8Array.from(deflateRawSync(new Uint8Array(ZEROS_BYTES), { finishFlush: constants.Z_FULL_FLUSH }));

/** Packed zeros without end; counts how often it was asked for more. */
function endlessBomb() {
  let pieces = 0;
  const stream = new ReadableStream<Uint8Array<ArrayBuffer>>(
    {
      pull(controller) {
        pieces += 1;
        controller.enqueue(ZEROS.slice());
      },
    },
    { highWaterMark: 0 },
  );
  return { stream, pieces: () => pieces };
}

test('this engine can pack', () => {
  expect(canDeflate()).toBe(true);
});

test('any octets come back, up to the bound and not past it', async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 5_000 }), async (bytes) => {
      const packed = await deflate(Uint8Array.from(bytes));
      expect(await inflate(inPieces(packed), bytes.length)).toEqual({ ok: true, bytes: Uint8Array.from(bytes) });
      if (bytes.length === 0) return;
      expect(await inflate(inPieces(packed), bytes.length - 1)).toEqual({ ok: false, why: 'too-large' });
    }),
    { numRuns: 50 },
  );
});

test('a bomb without end is left after little more than the bound', async () => {
  const bomb = endlessBomb();
  expect(await inflate(bomb.stream, 10 * ZEROS_BYTES)).toEqual({ ok: false, why: 'too-large' });
  expect(bomb.pieces()).toBeGreaterThan(10);
  // What waits is packed: as much as a stream of Node queues, which is more from Node 22 on.
  expect((bomb.pieces() - 10) * ZEROS.length).toBeLessThan(getDefaultHighWaterMark(false) + 4 * 1024);
});

test('packed octets are handed over piece by piece, and whole', async () => {
  const bytes = Uint8Array.from({ length: PIECE_BYTES * 2 + 1 }, (_, index) => index % 251);
  const pieces: Uint8Array[] = [];
  for await (const piece of inPieces(bytes)) pieces.push(piece);
  expect(pieces.map(({ length }) => length)).toEqual([PIECE_BYTES, PIECE_BYTES, 1]);
  expect(pieces.flatMap((piece) => [...piece])).toEqual([...bytes]);
});

test.each([
  ['nothing', new Uint8Array()],
  ['a block type that does not exist (RFC 1951 §3.2.3)', Uint8Array.of(0x07)],
  ['a stored block that ends early', Uint8Array.of(0x01, 0x05, 0x00, 0xfa, 0xff, 0x61)],
])('%s is broken', async (_, bytes) => {
  expect(await inflate(inPieces(bytes), 1_000)).toEqual({ ok: false, why: 'broken' });
});
