import { expect, test } from 'vitest';
import type { Conversation, WireEvent } from '#protocol/wire.ts';
import { createEventLog } from '../session/event-log.ts';
import { fakeConversation, fakeEvent } from '../session/testing.ts';
import { FEED_LINES, FEED_SEARCH_EVENTS, newestLines } from './feed.ts';

function lines(events: readonly WireEvent[], conversations: readonly Conversation[]) {
  const log = createEventLog();
  log.append(events, 0);
  return newestLines({ log, conversations: new Map(conversations.map((each) => [each.id, each])) });
}

test('the newest events are shown, the newest last', () => {
  const events = Array.from({ length: FEED_LINES + 3 }, (_, index) => fakeEvent(index + 1));
  const shown = lines(events, [fakeConversation(1)]).map(({ event }) => event.seq);
  expect(shown).toEqual(events.slice(-FEED_LINES).map(({ seq }) => seq));
});

test('the page’s own conversations and unknown ones are left out', () => {
  const events = [fakeEvent(1), fakeEvent(2, { conversation: 2 }), fakeEvent(3, { conversation: 3 })];
  const shown = lines(events, [fakeConversation(1), fakeConversation(2, { demo: 'page' })]);
  expect(shown.map(({ event }) => event.seq)).toEqual([1]);
});

test('what is long ago is not looked for', () => {
  const busy = Array.from({ length: FEED_SEARCH_EVENTS }, (_, index) => fakeEvent(index + 2, { conversation: 2 }));
  expect(lines([fakeEvent(1), ...busy], [fakeConversation(1), fakeConversation(2, { demo: 'page' })])).toEqual([]);
});

test('a payload is escaped, and says when there is more', () => {
  const clear = fakeEvent(1, { preview: btoa('\x1b[2J'), length: 4, recorded: 4 });
  const cut = fakeEvent(2, { length: 900, recorded: 900 });
  const opened = fakeEvent(3, { kind: 'opened', direction: null, preview: '', length: 0, recorded: 0 });
  expect(lines([clear, cut, opened], [fakeConversation(1)]).map(({ text }) => text)).toEqual([
    '\\x1b[2J',
    'hi\\n…',
    '',
  ]);
});
