import { beforeEach, expect, it } from 'vitest';
import type { DemoWebSocket, DemoWebSocketListener } from '../demo.ts';
import { MAX_DOOR_CONNECTIONS, MAX_REPLY_QUEUE_BYTES } from './limits.ts';
import { startTestJson, type TestJson } from './testing/test-json.ts';
import { linkWebSocket } from './websocket-link.ts';

let test: TestJson;

beforeEach(() => {
  test = startTestJson();
});

/** A WebSocket whose other end is the test. */
class FakeSocket implements DemoWebSocket {
  readonly client = { address: '127.0.0.1', port: 50_000 };
  readonly events: string[] = [];
  queuedBytes = 0;
  listener: DemoWebSocketListener | null = null;

  listen(listener: DemoWebSocketListener): void {
    this.listener = listener;
  }

  send(text: string): void {
    this.events.push(JSON.parse(text).type);
  }

  pause(): void {
    this.events.push('paused');
  }

  resume(): void {}

  close(code: number, reason = ''): void {
    this.events.push(`closed ${code} ${reason}`.trim());
  }

  terminate(): void {
    this.events.push('terminated');
  }
}

function open(): FakeSocket {
  const socket = new FakeSocket();
  linkWebSocket(socket, test.json.open);
  return socket;
}

it('each text message is one object, and each answer, too', () => {
  const socket = open();
  socket.listener?.message('{"type":"ping","id":"1"}');
  expect(socket.events).toEqual(['hello', 'pong']);
});

it('a client that does not read waits with its requests until it has read everything', () => {
  const socket = open();
  socket.queuedBytes = MAX_REPLY_QUEUE_BYTES + 1;
  socket.listener?.message('{"type":"ping"}');
  expect(socket.events).toEqual(['hello', 'paused']);
  socket.queuedBytes = 0;
  socket.listener?.drained();
  expect(socket.events).toEqual(['hello', 'paused', 'pong']);
});

it('is closed as RFC 6455 has it when the session ends, and nothing is sent after that', () => {
  const socket = open();
  socket.listener?.message('{"type":"logout"}');
  socket.listener?.message('{"type":"ping"}');
  expect(socket.events).toEqual(['hello', 'closed 1000']);
  socket.listener?.closed();
});

it('asks to come later when there are too many', () => {
  for (let count = 0; count < MAX_DOOR_CONNECTIONS; count += 1) open();
  expect(open().events).toEqual(['closed 1013 too-many-sessions']);
});
