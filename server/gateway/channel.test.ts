import { EventEmitter } from 'node:events';
import { expect, it } from 'vitest';
import type { WebSocket } from 'ws';
import * as z from 'zod/mini';
import { readChannel } from './channel.ts';
import { MAX_MESSAGES_PER_SECOND, MAX_UNREAD_BYTES } from './limits.ts';

/** As much of a WebSocket as a channel uses; what is sent waits until somebody reads. */
class FakeSocket extends EventEmitter {
  readonly sent: string[] = [];
  bufferedAmount = 0;
  closed: { code: number; reason: string } | null = null;
  terminated = false;

  send(text: string): void {
    this.sent.push(text);
    this.bufferedAmount += text.length;
  }

  close(code: number, reason: string): void {
    this.closed = { code, reason };
  }

  terminate(): void {
    this.terminated = true;
  }

  says(text: string): void {
    this.emit('message', Buffer.from(text), false);
  }
}

function scene() {
  const socket = new FakeSocket();
  const clock = { nowMs: 0 };
  const received: number[] = [];
  readChannel({
    socket: socket as unknown as WebSocket,
    schema: z.object({ number: z.int() }),
    now: () => clock.nowMs,
    receive: ({ number }) => received.push(number),
  });
  return { socket, clock, received };
}

it('hands on what the contract knows, and answers what it does not', () => {
  const { socket, received } = scene();
  socket.says('{"number":1}');
  socket.says('{"number":"1"}');
  socket.says('{"number":');
  socket.emit('message', Buffer.from('{"number":2}'), true);
  expect(received).toEqual([1]);
  expect(socket.sent.map((text) => JSON.parse(text).code)).toEqual(Array(3).fill('malformed-message'));
  expect(socket.sent[2]).toContain('a binary message came');
});

it('ends with too many messages in one second, and counts each second anew', () => {
  const { socket, clock, received } = scene();
  const say = (times: number): void => {
    for (let count = 0; count < times; count += 1) socket.says('{"number":1}');
  };
  say(MAX_MESSAGES_PER_SECOND);
  clock.nowMs = 1_000;
  say(MAX_MESSAGES_PER_SECOND);
  expect(socket.closed).toBeNull();
  say(1);
  expect(socket.closed).toEqual({ code: 1008, reason: 'too-many-messages' });
  expect(received).toHaveLength(2 * MAX_MESSAGES_PER_SECOND);
});

it('ends whoever asks on and never reads the answers, at a named bound', () => {
  const { socket, received } = scene();
  socket.bufferedAmount = MAX_UNREAD_BYTES - 1;
  socket.says('nonsense');
  expect(socket.terminated).toBe(false);
  socket.says('nonsense');
  socket.says('{"number":1}');
  expect(socket.terminated).toBe(true);
  expect(socket.sent).toHaveLength(1);
  expect(received).toEqual([]);
});
