import { expect, test } from 'vitest';
import { socketUrl } from './wire-link.ts';

test.each([
  ['http:', 'localhost:7070', 'ws://localhost:7070/ws/wire'],
  ['https:', 'porthole.example', 'wss://porthole.example/ws/wire'],
  ['http:', '[::1]:7070', 'ws://[::1]:7070/ws/wire'],
])('%s//%s is asked at %s', (protocol, host, expected) => {
  expect(socketUrl('/ws/wire', { protocol, host })).toBe(expected);
});
