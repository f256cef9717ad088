import { describe, expect, test } from 'vitest';
import { createStore } from 'zustand/vanilla';
import { conversationLink, followLink, withConversation } from './deep-link.ts';
import type { SelectionState } from './selection.ts';

test.each([
  ['?conversation=12', 12],
  ['?a=1&conversation=3', 3],
  ['?conversation=0', null],
  ['?conversation=-1', null],
  ['?conversation=1e9', null],
  ['?conversation=<script>', null],
  ['?conversation=99999999999999999999', null],
  ['', null],
])('%j names conversation %j', (search, expected) => {
  expect(conversationLink(search)).toBe(expected);
});

test('setting and taking out keeps the rest of the query', () => {
  expect(withConversation('?a=1', 5)).toBe('?a=1&conversation=5');
  expect(withConversation('?a=1&conversation=5', null)).toBe('?a=1');
  expect(withConversation('?conversation=5', null)).toBe('');
});

describe('the address', () => {
  test('says what was picked by hand, and nothing while following', () => {
    const selection = createStore<Pick<SelectionState, 'conversation' | 'following' | 'followedDemo'>>(() => ({
      conversation: 1,
      following: true,
      followedDemo: null,
    }));
    const location = { pathname: '/playground', search: '', hash: '#x' };
    const history = {
      state: { kept: true },
      replaceState: (_state: unknown, _unused: string, url: string) => {
        location.search = url.slice('/playground'.length, url.indexOf('#'));
      },
    };
    followLink(selection as never, { location, history });
    selection.setState({ conversation: 4, following: false });
    expect(location.search).toBe('?conversation=4');
    selection.setState({ conversation: 9, following: true });
    expect(location.search).toBe('');
    location.search = '?conversation=2';
    selection.setState({ followedDemo: 'echo' });
    expect(location.search).toBe('?conversation=2');
  });
});
