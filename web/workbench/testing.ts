/** Wire events and conversations for this room's tests. */
import type { Conversation, WireEvent } from '#protocol/wire.ts';
import { fakeConversation, fakeEvent } from '../session/testing.ts';

/** A conversation of the echo demo that opened at 0 µs; `over` changes what the test is about. */
export function aConversation(over: Partial<Conversation> = {}): Conversation {
  const client = { address: '127.0.0.1', port: 51_544 };
  const server = { address: '127.0.0.1', port: 7_007 };
  return fakeConversation(1, { client, server, openedUs: 0, openedWallMs: 0, ...over });
}

/** Base64 of octets. */
function base64(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes));
}

/** An event of conversation 1 at `seq` milliseconds; `over` changes what the test is about. */
export function anEvent(seq: number, over: Partial<WireEvent> = {}): WireEvent {
  return fakeEvent(seq, { length: 0, recorded: 0, preview: '', wallMs: 0, ...over });
}

/** A data event that carries `payload`, recorded whole. */
export function aChunk(seq: number, payload: Uint8Array | string, over: Partial<WireEvent> = {}): WireEvent {
  const bytes = typeof payload === 'string' ? new TextEncoder().encode(payload) : payload;
  return anEvent(seq, {
    length: bytes.length,
    recorded: bytes.length,
    preview: base64(bytes.subarray(0, 512)),
    ...over,
  });
}
