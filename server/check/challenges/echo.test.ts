import type { Socket } from 'node:net';
import { describe, expect, it } from 'vitest';
import { checkedServer, verdictOn } from '../testing/checked.ts';
import { echo } from './echo.ts';

type Wrong = readonly [what: string, stage: string, code: string, serve: (socket: Socket, stop: () => void) => void];

const answer = (socket: Socket, change: (chunk: Buffer) => Buffer | string) => {
  socket.on('data', (chunk) => socket.write(change(chunk)));
  socket.on('end', () => socket.end());
};

const WRONG: readonly Wrong[] = [
  ['never answers', 'comes-back', 'silent', (socket) => socket.resume()],
  ['closes at once', 'comes-back', 'closed-silent', (socket) => socket.resume().end()],
  ['resets', 'comes-back', 'reset', (socket) => socket.resetAndDestroy()],
  [
    'answers in capitals',
    'comes-back',
    'different',
    (socket) => answer(socket, (chunk) => String(chunk).toUpperCase()),
  ],
  ['adds a line feed', 'comes-back', 'too-much', (socket) => answer(socket, (chunk) => `${chunk}\n`)],
  [
    'writes its whole buffer',
    'comes-back',
    'too-much',
    (socket) => answer(socket, (chunk) => Buffer.concat([chunk], 1_024)),
  ],
  [
    'answers once and closes',
    'twice',
    'closed-after-answer',
    (socket) => socket.once('data', (chunk: Buffer) => socket.end(chunk)).resume(),
  ],
  ['takes octets for text', 'any-octet', 'different', (socket) => answer(socket, (chunk) => chunk.toString('utf8'))],
  [
    'takes the first KiB for all',
    'segments',
    'first-piece-only',
    (socket) => {
      let left = 1_024;
      answer(socket, (chunk) => {
        const part = chunk.subarray(0, left);
        left -= part.length;
        return part;
      });
    },
  ],
  [
    'waits for the end before it answers',
    'comes-back',
    'silent',
    (socket) => {
      const chunks: Buffer[] = [];
      socket.on('data', (chunk: Buffer) => chunks.push(chunk)).on('end', () => socket.end(Buffer.concat(chunks)));
    },
  ],
  ['never closes', 'finish', 'stays-open', (socket) => socket.on('data', (chunk) => socket.write(chunk))],
  [
    'serves one client only',
    'twice',
    'refused-later',
    (socket, stop) => {
      stop();
      answer(socket, (chunk) => chunk);
    },
  ],
];

describe('the echo check', () => {
  it.each(WRONG)('catches a server that %s', async (_what, stage, code, serve) => {
    const { failedStage, code: found, sentence } = await checkedServer(echo, serve);
    expect([failedStage, found]).toEqual([stage, code]);
    expect(sentence).not.toMatch(/\{\w+\}/);
  });

  it.each([1, 2, 3])('passes a right one, with seed %i', async (seed) => {
    const { passed, sentence } = await checkedServer(
      echo,
      (socket) => {
        socket.on('data', (chunk) => {
          if (!socket.write(chunk)) socket.pause();
        });
        socket.on('drain', () => socket.resume());
        socket.on('end', () => socket.end());
      },
      seed,
    );
    expect(sentence).toBe('');
    expect(passed).toBe(true);
  });

  it('says so, within bounds, when the server floods', async () => {
    const { code, run } = await checkedServer(echo, (socket) => {
      socket.resume();
      const flood = (): void => {
        while (socket.writable && socket.write(Buffer.alloc(65_536, 'x')));
      };
      socket.on('drain', flood);
      flood();
    });
    expect(code).toBe('flood');
    const [stage] = run.stages;
    expect(stage?.transcript.length).toBeLessThanOrEqual(120);
  });

  it('says so when nothing listens', async () => {
    const { code, run } = await verdictOn(echo, 1);
    expect(code).toBe('refused');
    expect(run.stages.slice(1).every(({ state }) => state === 'left-out')).toBe(true);
  });
});
