import { expect, test } from 'vitest';
import { boundConversations } from './conversation-bound.ts';
import { fakeConversation } from './testing.ts';

const held = (states: readonly ('open' | 'closed')[]) =>
  new Map(states.map((state, index) => [index + 1, fakeConversation(index + 1, { state })]));

test('nothing goes while the bound is kept', () => {
  const conversations = held(['closed', 'open']);
  boundConversations(conversations, 2, 1);
  expect([...conversations.keys()]).toEqual([1, 2]);
});

test('ended conversations go before open ones', () => {
  const conversations = held(['open', 'closed', 'open', 'closed']);
  boundConversations(conversations, 3, 0);
  expect([...conversations.keys()]).toEqual([1, 3, 4]);
});

test('open ones go, oldest first, when there is no other way', () => {
  const conversations = held(['open', 'closed', 'open', 'open']);
  boundConversations(conversations, 3, 1);
  expect([...conversations.keys()]).toEqual([3, 4]);
});
