import { expect, test } from 'vitest';
import { createSelection } from '../session/selection.ts';
import { createRecordedSession, MAX_RECORDED_DEMOS } from './recorded-session.ts';
import { aConversation, aRecording, carrying } from './testing.ts';

const whole = Uint8Array.from({ length: 1_000 }, (_, index) => index % 256);

test('the views find what they read of a live session', () => {
  const events = [carrying(3, 'hi\n'), carrying(7, whole), carrying(8, 'x', { conversation: 2 })];
  const conversations = [aConversation(), aConversation({ id: 2, demo: null })];
  const { store } = createRecordedSession(aRecording({ events, conversations, missed: new Map([[7, 3]]) }));
  const { log, payloads, conversations: held, missed, demos, sockets } = store.getState();
  expect(log.ofConversation(1)).toEqual([events[0]?.event, events[1]?.event]);
  expect(log.bySeq(8)).toEqual(events[2]?.event);
  expect([log.missedBefore(3), log.missedBefore(7), missed]).toEqual([0, 3, 3]);
  expect(payloads.get(7)).toEqual(whole);
  expect([...held.keys()]).toEqual([1, 2]);
  expect(demos).toEqual([{ id: 'echo', transport: 'tcp', host: '127.0.0.1', port: 7_007 }]);
  expect(sockets).toBeNull();
});

test('nothing ever changes in it, whatever is asked', () => {
  const session = createRecordedSession(aRecording());
  const before = session.store.getState();
  session.requestPayload(1);
  session.watchSockets()();
  session.retryNow();
  session.close();
  session.close();
  expect(session.store.getState()).toBe(before);
});

test('the selection stays with what was recorded', () => {
  const { store } = createRecordedSession(aRecording());
  const selection = createSelection(store, 1);
  selection.store.getState().selectEvent(2);
  expect(selection.store.getState()).toMatchObject({ conversation: 1, event: 2, following: false });
});

test('a recording cannot fill the list of demos without end', () => {
  const conversations = Array.from({ length: 1_000 }, (_, index) =>
    aConversation({ id: index + 1, demo: `d${index}` }),
  );
  const { store } = createRecordedSession(aRecording({ conversations }));
  expect(store.getState().demos).toHaveLength(MAX_RECORDED_DEMOS);
});
