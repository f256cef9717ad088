import { describe, expect, test } from 'vitest';
import { fakeEvent } from './testing.ts';
import { batch, sessionScene as setUp } from './testing-session.ts';

describe('payloads', () => {
  const big = {
    type: 'batch',
    missed: 0,
    conversations: [],
    events: [fakeEvent(1, { length: 9, recorded: 9 })],
  } as const;

  test('a payload that is whole in the preview is not asked for', () => {
    const { goLive, link, frames, session, state } = setUp();
    goLive();
    link().says(batch(1, 1));
    frames.paint();
    session.requestPayload(1);
    expect(new TextDecoder().decode(state().payloads.get(1) ?? undefined)).toBe('hi\n');
    expect(link().sent).toHaveLength(1);
  });

  test('is asked for once, and again on a new connection', () => {
    const { clock, goLive, link, frames, session, state } = setUp();
    goLive();
    link().says({ ...big, conversations: [], events: [...big.events] });
    frames.paint();
    session.requestPayload(1);
    session.requestPayload(1);
    expect(link().sent.slice(1)).toEqual([{ type: 'payload', seq: 1 }]);
    link().breaks();
    clock.advance(500);
    goLive({ resumed: true, from: 2, head: 1 });
    expect(link().sent.slice(1)).toEqual([{ type: 'payload', seq: 1 }]);
    link().says({ type: 'payload', seq: 1, bytes: btoa('hi\nthere\n') });
    expect(state().payloads.get(1)).toHaveLength(9);
  });

  test('octets that are gone are said to be gone', () => {
    const { goLive, link, session, state } = setUp();
    goLive();
    session.requestPayload(7);
    link().says({ type: 'payload', seq: 7, bytes: null });
    expect(state().payloads.get(7)).toBeNull();
  });

  test('an answer nobody asked for is not kept', () => {
    const { goLive, link, state } = setUp();
    goLive();
    link().says({ type: 'payload', seq: 7, bytes: btoa('x') });
    expect(state().payloads.size).toBe(0);
  });

  test('after a refusal it can be asked for again', () => {
    const { goLive, link, session, state } = setUp();
    goLive();
    session.requestPayload(7);
    link().says({ type: 'error', code: 'too-many-requests', message: 'Slow down.' });
    session.requestPayload(7);
    expect(link().sent.slice(1)).toHaveLength(2);
    expect(state().problem?.code).toBe('too-many-requests');
  });

  test('octets that are not base64 are a problem, not a crash', () => {
    const { goLive, link, session, state } = setUp();
    goLive();
    session.requestPayload(7);
    link().says({ type: 'payload', seq: 7, bytes: '*' });
    expect([state().payloads.size, state().problem?.code]).toEqual([0, 'malformed-message']);
  });
});
