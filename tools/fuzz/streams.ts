/**
 * Mutated byte streams through the readers of HTTP and TLS, cut at random: nothing may throw, every octet is counted, messages
 * lie one behind the other, bounds hold, and how the stream was cut makes no difference.
 */
import { MAX_HTTP_MESSAGES, MAX_HTTP_PROBLEMS, MAX_KEPT_BODY_BYTES } from '../../server/packets/http/http-message.ts';
import { HttpReader } from '../../server/packets/http/http-reader.ts';
import { MAX_TLS_ITEMS, TlsReader } from '../../server/packets/tls/tls-reader.ts';
import { type Random, seededRandom } from './random.ts';

/** What a run did. */
export interface StreamFuzzResult {
  readonly streams: number;
  /** HTTP messages that were complete, and those whose end could not be told. */
  readonly complete: number;
  readonly broken: number;
  /** TLS records and messages that were named. */
  readonly named: number;
}

const HOST = 'Host: localhost\r\n';
const HTTP_PIECES = [
  `GET / HTTP/1.1\r\n${HOST}\r\n`,
  `POST /echo HTTP/1.1\r\n${HOST}Content-Length: 5\r\n\r\nhello`,
  `POST /echo HTTP/1.1\r\n${HOST}Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n`,
  'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi',
  'Content-Length: 7\r\n',
  'Transfer-Encoding: chunked\r\n',
  '\r\n',
  '\n',
  '0\r\n\r\n',
];

/** A ClientHello with a server name; an alert; an encrypted record; ChangeCipherSpec. */
const TLS_PIECES = [
  `160301004101000 03d0303${'00'.repeat(32)}000002130101000012000000 0e000c0000096c6f63616c686f7374`.replaceAll(
    ' ',
    '',
  ),
  '15030300020246',
  '1703030003010203',
  '140303000101',
];
const MOST_PIECES = 6;
const MOST_CHANGES = 4;
const LONGEST_CUT = 40;

/** Throws, with the seed and the octets, at the first stream that breaks a promise. */
export function fuzzStreams(streams: number, seed: number): StreamFuzzResult {
  const random = seededRandom(seed);
  const http = HTTP_PIECES.map((piece) => Buffer.from(piece, 'latin1'));
  const tls = TLS_PIECES.map((piece) => Buffer.from(piece, 'hex'));
  const done = { streams, complete: 0, broken: 0, named: 0 };
  for (let nth = 0; nth < streams; nth += 1) {
    const stream = mutated(random, nth % 2 === 0 ? http : tls);
    try {
      if (nth % 2 === 0) tally(done, readHttp(random, stream));
      else done.named += readTls(random, stream).items.length;
    } catch (error) {
      throw new Error(`seed ${seed}, stream ${nth}: ${stream.toString('hex')}`, { cause: error });
    }
  }
  return done;
}

function tally(done: { complete: number; broken: number }, { messages }: HttpReader): void {
  for (const { state } of messages) {
    if (state === 'complete') done.complete += 1;
    if (state === 'broken') done.broken += 1;
  }
}

function mutated(random: Random, pieces: readonly Buffer[]): Buffer {
  const parts = Array.from({ length: 1 + random.below(MOST_PIECES) }, () => random.pick(pieces));
  const stream = Buffer.concat(parts);
  for (let changes = random.below(MOST_CHANGES); changes > 0; changes -= 1) {
    stream[random.below(stream.length)] = random.below(256);
  }
  return stream;
}

/** Hands a stream over in pieces. */
function inPieces(random: Random, stream: Buffer, push: (piece: Buffer) => void): void {
  for (let at = 0; at < stream.length; ) {
    const length = 1 + random.below(LONGEST_CUT);
    push(stream.subarray(at, at + length));
    at += length;
  }
}

function readHttp(random: Random, stream: Buffer): HttpReader {
  const role = random.pick(['request', 'request', 'request', 'response'] as const);
  const [whole, cut] = [new HttpReader({ role }), new HttpReader({ role })];
  whole.push(stream);
  inPieces(random, stream, (piece) => cut.push(piece));
  whole.end();
  cut.end();
  must(same(whole.messages, cut.messages), 'the cuts make a difference');
  must(cut.position === stream.length, 'octets were not counted');
  must(cut.messages.length <= MAX_HTTP_MESSAGES, 'too many messages');
  let end = 0;
  for (const message of cut.messages) {
    must(message.from >= end && message.to >= message.from, 'messages overlap');
    must(message.body.length <= MAX_KEPT_BODY_BYTES && message.problems.length <= MAX_HTTP_PROBLEMS, 'a bound');
    end = message.to;
  }
  return cut;
}

function readTls(random: Random, stream: Buffer): TlsReader {
  const [whole, cut] = [new TlsReader(), new TlsReader()];
  whole.push(stream);
  inPieces(random, stream, (piece) => cut.push(piece));
  must(same(whole.items, cut.items), 'the cuts make a difference');
  must(cut.position === stream.length, 'octets were not counted');
  must(cut.items.length <= MAX_TLS_ITEMS, 'too many items');
  return cut;
}

function same(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

function must(holds: boolean, what: string): void {
  if (!holds) throw new Error(what);
}
