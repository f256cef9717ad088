import { expect, it } from 'vitest';
import { FrameRing } from './frame-ring.ts';

const frame = (text: string) => ({
  interface: 0,
  direction: null,
  comment: null,
  seconds: 1,
  nanoseconds: 0,
  linkType: 1,
  bytes: Buffer.from(text),
  originalLength: text.length,
});

it('erases frames from among the others, which keep their order and end at the same number', () => {
  const ring = new FrameRing();
  for (const text of ['one', 'secret', 'two', 'secret']) ring.append(frame(text), 'lo');
  ring.erase(({ bytes }) => String(bytes) === 'secret');
  expect([ring.oldest, ring.head]).toEqual([3, 4]);
  expect([3, 4].map((number) => [ring.read(number)?.number, String(ring.read(number)?.bytes)])).toEqual([
    [3, 'one'],
    [4, 'two'],
  ]);
  ring.append(frame('three'), 'lo');
  expect(ring.read(5)?.number).toBe(5);
  ring.erase(() => true);
  expect([ring.oldest, ring.head, ring.read(5)]).toEqual([6, 5, null]);
});
