/** Runs octets through a reader and writes down what came out. */
import type { StreamError } from '../stream/stream-error.ts';
import { serialize } from '../xml/serialize.ts';
import { StreamReader } from '../xml/stream-reader.ts';

/** What a stream brings, one line each, when it is read in these pieces. */
export function readStream(pieces: readonly Uint8Array[], maxStanzaBytes = 10_000): string[] {
  const seen: string[] = [];
  const reader = new StreamReader({
    opened: (header) => seen.push(`open ${header.name} ${JSON.stringify(header.attrs)}`),
    element: (element) => {
      seen.push(serialize(element));
      if (element.name === 'restart') reader.restart();
    },
    closed: () => {
      seen.push('closed');
      reader.stop();
    },
    failed: (error: StreamError) => seen.push(`failed ${error.condition}`),
  });
  reader.maxStanzaBytes = maxStanzaBytes;
  for (const piece of pieces) reader.write(piece);
  return seen;
}

/** Octets one by one. */
export function octetByOctet(bytes: Uint8Array): Uint8Array[] {
  return Array.from(bytes, (octet) => Uint8Array.of(octet));
}
