import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MAX_CHAT_DEPTH, MAX_CHAT_LINE_BYTES } from '#protocol/chat-limits.ts';
import { LineSplitter, type SplitLine } from './line-splitter.ts';
import { parseRequest } from './parse-request.ts';

function codeOf(text: string | Uint8Array): string | null {
  const parsed = parseRequest(Buffer.from(text));
  return parsed && 'bad' in parsed ? parsed.bad.code : null;
}

function split(chunks: readonly Uint8Array[]): SplitLine[] {
  const splitter = new LineSplitter();
  return chunks.flatMap((chunk) => splitter.split(Buffer.from(chunk)));
}

describe('a request', () => {
  it('is what the line says', () => {
    expect(parseRequest(Buffer.from('{"type":"ping","id":"1","more":true}'))).toEqual({
      request: { type: 'ping', id: '1' },
    });
  });

  it.each(['', '  ', '\t'])('is nothing in a blank line', (line) => {
    expect(parseRequest(Buffer.from(line))).toBeNull();
  });

  it.each([
    ['hello', 'not-json'],
    ['{"type":"ping"', 'not-json'],
    ['{"type":"ping"} {"type":"ping"}', 'not-json'],
    ["{'type':'ping'}", 'not-json'],
    ['{"type":"message","id":"1","to":"bob","body":"a\nb"}', 'not-json'],
    ['[]', 'malformed'],
    ['null', 'malformed'],
    ['7', 'malformed'],
    ['{}', 'malformed'],
    ['{"type":7}', 'malformed'],
    ['{"type":"dance"}', 'unknown-type'],
    ['{"type":"toString"}', 'unknown-type'],
    ['{"type":"ping","__proto__":{"admin":true}}', 'forbidden-key'],
    ['{"type":"ping","\\u005f_proto__":{}}', 'forbidden-key'],
    ['{"type":"ping","a":{"constructor":1}}', 'forbidden-key'],
    ['{"type":"ping","a":[{"prototype":1}]}', 'forbidden-key'],
  ])('%s is refused: %s', (line, code) => {
    expect(codeOf(line)).toBe(code);
  });

  it.each([
    // A continuation octet alone, an overlong slash, a surrogate, a character cut off (RFC 3629 §3).
    '80',
    'c0af',
    'eda080',
    'e4bd',
  ])('is refused when its octets are not UTF-8: %s', (hex) => {
    const line = Buffer.concat([Buffer.from('{"type":"ping","id":"'), Buffer.from(hex, 'hex'), Buffer.from('"}')]);
    expect(codeOf(line)).toBe('not-utf8');
  });

  it('is refused when it is nested too deep, however it begins', () => {
    const nested = (depth: number): string => `{"type":"ping","a":${'['.repeat(depth)}${']'.repeat(depth)}}`;
    expect(codeOf(nested(MAX_CHAT_DEPTH - 1))).toBeNull();
    expect(codeOf(nested(MAX_CHAT_DEPTH))).toBe('too-deep');
    expect(codeOf('['.repeat(60_000))).toBe('too-deep');
    expect(codeOf('{"a":'.repeat(10_000))).toBe('too-deep');
  });

  it('may have any brackets and quotes in its strings', () => {
    const id = '[{"\\[[[[[[[[[[[{{{{{{{{{{';
    expect(parseRequest(Buffer.from(JSON.stringify({ type: 'ping', id })))).toEqual({ request: { type: 'ping', id } });
  });

  it('that is refused is named by its id and by the member that is wrong', () => {
    const parsed = parseRequest(Buffer.from('{"type":"login","id":"7","user":3,"password":"x"}'));
    expect(parsed).toEqual({ bad: { code: 'malformed', re: '7', where: 'user' } });
  });

  it('never throws, whatever the octets are', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => parseRequest(bytes) !== undefined));
    fc.assert(fc.property(fc.json(), (text) => parseRequest(Buffer.from(text)) !== undefined));
  });
});

describe('lines', () => {
  const bytes = Buffer.from('{"type":"ping"}\r\n\n{"body":"你好 🦭"}\nrest');

  it('are the same wherever the chunk ends', () => {
    for (let at = 0; at <= bytes.length; at += 1) {
      expect(split([bytes.subarray(0, at), bytes.subarray(at)]).map(String)).toEqual([
        '{"type":"ping"}',
        '',
        '{"body":"你好 🦭"}',
      ]);
    }
  });

  it('are the same octet by octet', () => {
    const octets = Array.from(bytes, (octet) => Buffer.from([octet]));
    expect(split(octets).map(String)).toEqual(split([bytes]).map(String));
  });

  it('that are too long are told of once and dropped up to their end', () => {
    const long = 'x'.repeat(MAX_CHAT_LINE_BYTES);
    expect(split([Buffer.from(`${long}\nb\n`)]).map((line) => line.length)).toEqual([MAX_CHAT_LINE_BYTES, 1]);
    const chunks = [`${long}y`, long, `${long}\nb`, '\n'].map((text) => Buffer.from(text));
    expect(split(chunks).map(String)).toEqual(['line-too-long', 'b']);
  });
});
