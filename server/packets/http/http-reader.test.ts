import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HttpConversation } from './http-conversation.ts';
import { fieldValues, type HttpMessage, MAX_HTTP_LINE_BYTES, MAX_KEPT_BODY_BYTES, wanting } from './http-message.ts';
import { HTTP_PROBLEMS, severityOf } from './http-problem.ts';
import { HttpReader } from './http-reader.ts';
import { HTTP_SENTENCES, httpSentence } from './http-sentences.ts';

const octets = (text: string): Uint8Array => Uint8Array.from(text, (character) => character.charCodeAt(0));
const text = (bytes: Uint8Array): string => String.fromCharCode(...bytes);

function read(stream: string, end = false): HttpReader {
  const reader = new HttpReader({ role: 'request' });
  reader.push(octets(stream));
  if (end) reader.end();
  return reader;
}

function only(stream: string, end = false): HttpMessage {
  const [message] = read(stream, end).messages;
  if (!message) throw new Error('no message');
  return message;
}

const codes = ({ problems }: HttpMessage): string[] => problems.map(({ code }) => code);

/** `[name, octets, problem codes]`: what a server may be sent, and what is wrong with it. */
const MALFORMED: readonly (readonly [string, string, readonly string[]])[] = [
  ['no Host', 'GET / HTTP/1.1\r\n\r\n', ['host-missing']],
  ['two Hosts', 'GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n', ['host-twice']],
  ['a Host that is none', 'GET / HTTP/1.1\r\nHost: a b\r\n\r\n', ['host-form']],
  ['bare line feeds', 'GET / HTTP/1.1\nHost: a\n\n', ['bare-lf']],
  ['a bare carriage return', 'GET / HTTP/1.1\r\nHost: a\r\nX: 1\r2\r\n\r\n', ['bare-cr', 'field-value']],
  ['just a word', 'hello\r\n', ['start-parts']],
  ['HTTP/0.9', 'GET /\r\n', ['version-missing']],
  ['HTTP/2', 'GET / HTTP/2.0\r\nHost: a\r\n\r\n', ['version-other']],
  ['small letters in the version', 'GET / http/1.1\r\n', ['version-form']],
  ['small letters in the method', 'get / HTTP/1.1\r\nHost: a\r\n\r\n', ['method-case']],
  ['two spaces', 'GET  / HTTP/1.1\r\n', ['start-parts']],
  ['a target without a slash', 'GET hello HTTP/1.1\r\nHost: a\r\n\r\n', ['target-form']],
  ['a space before the colon', 'GET / HTTP/1.1\r\nHost : a\r\n\r\n', ['field-space']],
  ['no colon', 'GET / HTTP/1.1\r\nHost: a\r\nwhatever\r\n\r\n', ['field-colon']],
  ['a folded line', 'GET / HTTP/1.1\r\nHost: a\r\nX: 1\r\n 2\r\n\r\n', ['field-fold']],
  ['a length that is no number', 'GET / HTTP/1.1\r\nHost: a\r\nContent-Length: five\r\n\r\n', ['length-form']],
  ['a negative length', 'GET / HTTP/1.1\r\nHost: a\r\nContent-Length: -5\r\n\r\n', ['length-form']],
  [
    'lengths that differ',
    'GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\n',
    ['length-differs'],
  ],
  [
    'length and encoding (CL.TE)',
    'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 6\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nG',
    ['length-and-encoding'],
  ],
  [
    'an unknown encoding (TE.TE)',
    'POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: xchunked\r\n\r\n',
    ['encoding-form'],
  ],
  ['chunked, then gzip', 'POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked, gzip\r\n\r\n', ['encoding-form']],
  ['chunked in HTTP/1.0', 'POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n', ['encoding-version']],
  [
    'a chunk size of letters',
    'POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nfive\r\n',
    ['chunk-size'],
  ],
  [
    'a chunk that is too long',
    'POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nhello\r\n',
    ['chunk-end'],
  ],
  ['TLS', '\x16\x03\x01\x02\x00\x01\x00', ['tls-hello']],
  ['an empty line first', '\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n', ['blank-line']],
];

describe('a request', () => {
  it('is a request line, fields and a body, each with its place in the stream', () => {
    const message = only('POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Length:  5 \r\n\r\nhello');
    expect(message).toMatchObject({ state: 'complete', from: 0, to: 66, bodyFrom: 61, problems: [] });
    expect(message.request).toMatchObject({ method: 'POST', target: '/echo', version: 'HTTP/1.1', from: 0, to: 21 });
    expect(message.fields.map(({ name, value, from }) => [name, value, from])).toEqual([
      ['Host', 'localhost', 21],
      ['Content-Length', '5', 38],
    ]);
    expect(fieldValues(message, 'content-length')).toEqual(['5']);
    expect(text(message.body)).toBe('hello');
  });

  it('says what it waits for', () => {
    const reader = new HttpReader({ role: 'request' });
    const waits = (more: string) => {
      reader.push(octets(more));
      return reader.current && wanting(reader.current);
    };
    expect(waits('POST / HTTP')).toEqual({ what: 'start-line' });
    expect(waits('/1.1\r\nHost: a\r\nContent-Length: 9\r\n')).toEqual({ what: 'empty-line' });
    expect(waits('\r\nhell')).toEqual({ what: 'body', bytes: 5 });
    expect(waits('o you')).toBeNull();
  });

  it('may come in chunks, with trailers after the last', () => {
    const message = only(
      'POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\nA;x=y\r\n, you all.\r\n0\r\nSum: 1\r\n\r\n',
    );
    expect(message).toMatchObject({ state: 'complete', framing: { kind: 'chunked' }, chunks: 3, bodyBytes: 15 });
    expect(text(message.body)).toBe('hello, you all.');
    expect(message.trailers.map(({ name }) => name)).toEqual(['Sum']);
  });

  it('has a next one right behind it', () => {
    const { messages } = read('GET /a HTTP/1.1\r\nHost: a\r\n\r\nGET /b HTTP/1.1\r\nHost: a\r\n\r\n');
    expect(messages.map(({ request, state }) => [request?.target, state])).toEqual([
      ['/a', 'complete'],
      ['/b', 'complete'],
    ]);
  });

  it.each(MALFORMED)('is told from one with %s', (_, stream, expected) => {
    expect(codes(only(stream))).toEqual(expected);
  });

  it('that cannot be delimited hides what follows: nothing after it is taken for a request', () => {
    const smuggled = 'GET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n';
    for (const [, stream, [code]] of MALFORMED) {
      const fatal = severityOf(code as keyof typeof HTTP_PROBLEMS) === 'fatal';
      const reader = read(`${stream}${stream.endsWith('\r\n\r\n') ? '' : '\r\n\r\n'}${smuggled}`);
      const targets = reader.messages.map(({ request }) => request?.target);
      if (fatal) expect([stream, targets.includes('/smuggled')]).toEqual([stream, false]);
      if (fatal) expect(reader.after?.why).toBe('broken');
    }
  });

  it('that is cut off says where', () => {
    expect(codes(only('GET / HTTP/1.1\r\nHost: a\r\n', true))).toEqual(['head-ended']);
    const cut = only('POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nhello', true);
    expect(cut.problems).toEqual([{ code: 'body-ended', at: 53, values: { bytes: 5 } }]);
  });

  it('with too small a length leaves octets that look like a broken request', () => {
    const { messages } = read('POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nhello\r\n');
    expect(messages.map(codes)).toEqual([[], ['after-length', 'start-parts']]);
    expect(messages[1]?.problems[0]?.values).toEqual({ bytes: 3 });
  });

  it('has bounds: a line, a number of fields, what is kept of a body', () => {
    expect(codes(only(`GET /${'a'.repeat(MAX_HTTP_LINE_BYTES)}`))).toEqual(['line-too-long']);
    expect(codes(only(`GET / HTTP/1.1\r\n${'A: b\r\n'.repeat(101)}`))).toEqual(['too-many-fields']);
    const long = only(`POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5000\r\n\r\n${'x'.repeat(5_000)}`);
    expect([long.state, long.bodyBytes, long.body.length]).toEqual(['complete', 5_000, MAX_KEPT_BODY_BYTES]);
  });

  it('goes on behind octets of a body that were not recorded, and not behind others', () => {
    const reader = read('POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nhe');
    reader.skip(8);
    reader.push(octets('GET / HTTP/1.1\r\nHost: a\r\n\r\n'));
    expect(reader.messages.map(({ state }) => state)).toEqual(['complete', 'complete']);
    reader.skip(1);
    expect(codes(reader.messages[2] as HttpMessage)).toEqual(['not-recorded']);
  });
});

describe('a conversation', () => {
  function talk(...turns: readonly (readonly ['>' | '<', string])[]): HttpConversation {
    const conversation = new HttpConversation();
    for (const [way, said] of turns) conversation[way === '>' ? 'requests' : 'responses'].push(octets(said));
    return conversation;
  }
  const GET = 'GET / HTTP/1.1\r\nHost: a\r\n\r\n';

  it('knows that the answer to HEAD has no body, whatever its length says', () => {
    const { responses } = talk(
      ['>', GET.replace('GET', 'HEAD')],
      ['<', 'HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n'],
    );
    expect(responses.messages).toMatchObject([{ state: 'complete', framing: { kind: 'none' } }]);
  });

  it('takes 100 for a word on the way, and the answer after it', () => {
    const { responses } = talk(
      ['>', GET],
      ['<', 'HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 204 No Content\r\n\r\n'],
      ['>', GET],
    );
    expect(responses.messages.map(({ status, state }) => [status?.status, state])).toEqual([
      [100, 'complete'],
      [204, 'complete'],
    ]);
  });

  it('is no HTTP any more after 101, in both directions', () => {
    const { requests, responses } = talk(
      ['>', GET],
      ['<', 'HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n\r\n\x81\x05hello'],
      ['>', '\x81\x85abcdhello'],
    );
    expect([requests.after, responses.after]).toEqual([
      { why: 'tunnel', from: 27, bytes: 11 },
      { why: 'tunnel', from: 56, bytes: 7 },
    ]);
  });

  it('marks a request that did not wait for the answer to the one before', () => {
    const { requests } = talk(['>', GET + GET], ['<', 'HTTP/1.1 204 No Content\r\n\r\n'.repeat(2)], ['>', GET]);
    expect(requests.messages.map(codes)).toEqual([[], ['pipelined'], []]);
  });

  it('reads an answer to its end where the connection ends it', () => {
    const { responses } = talk(['>', GET], ['<', 'HTTP/1.0 200 OK\r\n\r\nuntil the end']);
    expect(responses.current?.framing).toEqual({ kind: 'close' });
    responses.end();
    expect(responses.messages).toMatchObject([{ state: 'complete', bodyBytes: 13 }]);
  });
});

describe('any chunking', () => {
  const whole = [
    ...MALFORMED.map(([, stream]) => stream),
    'POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\nGET / HTTP/1.1\r\nHost: b\r\n\r\n',
    'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nhello\r\n',
  ];
  const shape = ({ messages, after, position }: HttpReader) => ({ messages, after, position });

  it.each(whole)('gives the same messages, octet by octet: %j', (stream) => {
    const reader = new HttpReader({ role: 'request' });
    for (const octet of octets(stream)) reader.push(Uint8Array.of(octet));
    expect(shape(reader)).toEqual(shape(read(stream)));
  });

  it('of any octets gives the same, and never throws', () => {
    const piece = fc.oneof(fc.constantFrom(...whole), fc.string({ unit: 'binary-ascii', maxLength: 30 }));
    const streams = fc.array(piece, { maxLength: 4 }).map((pieces) => pieces.join(''));
    fc.assert(
      fc.property(streams, fc.array(fc.integer({ min: 1, max: 40 }), { maxLength: 20 }), (stream, cuts) => {
        const reader = new HttpReader({ role: 'request' });
        const bytes = octets(stream);
        let at = 0;
        for (const cut of [...cuts, bytes.length]) {
          reader.push(bytes.subarray(at, at + cut));
          at = Math.min(at + cut, bytes.length);
        }
        expect(shape(reader)).toEqual(shape(read(stream)));
        expect(reader.position).toBe(bytes.length);
      }),
    );
  });
});

it('has a sentence for every problem, and puts its values in', () => {
  for (const code of Object.keys(HTTP_PROBLEMS)) expect(Object.keys(HTTP_SENTENCES)).toContain(code);
  expect(httpSentence({ code: 'method-case', at: 0, values: { text: 'get', wanted: 'GET' } })).toBe(
    'Methods are case-sensitive: get is not GET.',
  );
});
