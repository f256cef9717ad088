import { randomBytes } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import { Files } from './files.ts';
import { MAX_ALL_FILES_BYTES, MAX_FILE_BYTES, MAX_FILES, UPLOAD_WITHIN_MS } from './limits.ts';

let nowMs = 0;
let files: Files;

beforeEach(() => {
  nowMs = 0;
  files = new Files(() => nowMs, randomBytes);
});

function reserve(sizeBytes: number, name = 'cat.png'): string {
  const reserved = files.reserve({ name, type: 'image/png', sizeBytes });
  if ('refused' in reserved) throw new Error(reserved.refused);
  return reserved.id;
}

describe('files', () => {
  it('are there once their octets have been put where a place was reserved', () => {
    const id = reserve(3);
    expect(files.get(id)).toBeNull();
    expect(files.put(id, Buffer.from('abc'))).toBe('stored');
    expect(files.get(id)).toMatchObject({ name: 'cat.png', type: 'image/png', bytes: Buffer.from('abc') });
    expect(files.put(id, Buffer.from('xyz'))).toBe('already-there');
    expect(files.get(id)?.bytes.toString()).toBe('abc');
  });

  it('are refused where no place is, where it has expired, and when they are not as long as announced', () => {
    expect(files.put('no-such', Buffer.from('abc'))).toBe('no-such-file');
    const id = reserve(3);
    expect(files.put(id, Buffer.from('abcd'))).toBe('file-size');
    nowMs = UPLOAD_WITHIN_MS + 1;
    expect(files.put(id, Buffer.from('abc'))).toBe('no-such-file');
  });

  it.each([
    ['', 'image/png', 1, 'bad-file-name'],
    ['../x.png', 'image/png', 1, 'bad-file-name'],
    ['a\r\nb', 'image/png', 1, 'bad-file-name'],
    ['\ud800', 'image/png', 1, 'bad-file-name'],
    ['x'.repeat(201), 'image/png', 1, 'bad-file-name'],
    ['x.svg', 'image/svg+xml', 1, 'file-type'],
    ['x.html', 'text/html', 1, 'file-type'],
    ['x', '', 1, 'file-type'],
    ['x', 'image/png', 0, 'file-size'],
    ['x', 'image/png', 1.5, 'file-size'],
    ['x', 'image/png', MAX_FILE_BYTES + 1, 'file-size'],
  ])('%j of type %j and %d octets: %s', (name, type, sizeBytes, refused) => {
    expect(files.reserve({ name, type, sizeBytes })).toEqual({ refused });
  });

  it('may say more of their type than its name', () => {
    expect(files.reserve({ name: 'a', type: 'audio/webm;codecs=opus', sizeBytes: 1 })).toMatchObject({ bytes: null });
  });

  it('have a bound in number and in octets; the oldest go', () => {
    const first = reserve(1);
    files.put(first, Buffer.from('a'));
    for (let count = 0; count < MAX_FILES; count += 1) reserve(1);
    expect(files.get(first)).toBeNull();
    const big = Buffer.alloc(MAX_FILE_BYTES);
    const ids = Array.from({ length: Math.floor(MAX_ALL_FILES_BYTES / MAX_FILE_BYTES) + 1 }, () => reserve(big.length));
    for (const id of ids) expect(files.put(id, big)).toBe('stored');
    expect(files.get(ids[0] ?? '')).toBeNull();
    expect(files.get(ids.at(-1) ?? '')).not.toBeNull();
  });
});
