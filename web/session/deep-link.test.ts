import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createStore } from 'zustand/vanilla';
import { conversationLink, conversationPath, followAddress, followLink, withConversation } from './deep-link.ts';
import { createEventLog } from './event-log.ts';
import { WritablePacketLog } from './packet-log.ts';
import { createSelection } from './selection.ts';
import { initialWireState, type WireState } from './wire-state.ts';

test.each([
  ['?conversation=12-9f86d081ab', { conversation: 12, run: '9f86d081ab' }],
  ['?a=1&conversation=3-r', { conversation: 3, run: 'r' }],
  ['?conversation=12', { conversation: 12, run: null }],
  ['?conversation=0', null],
  ['?conversation=-1', null],
  ['?conversation=1e9', null],
  ['?conversation=12-', null],
  ['?conversation=12-<script>', null],
  [`?conversation=12-${'r'.repeat(65)}`, null],
  ['?conversation=<script>', null],
  ['?conversation=99999999999999999999-r', null],
  ['', null],
])('%j names conversation %j', (search, expected) => {
  expect(conversationLink(search)).toEqual(expected);
});

test('what is written is read again, whatever else the query says', () => {
  const run = fc.option(fc.stringMatching(/^[\w-]{1,64}$/));
  const conversation = fc.integer({ min: 1, max: 999_999_999_999_999 });
  fc.assert(
    fc.property(fc.record({ conversation, run }), fc.webQueryParameters(), (link, query) => {
      expect(conversationLink(withConversation(`?${query}`, link))).toEqual(link);
    }),
  );
});

test('setting and taking out keeps the rest of the query', () => {
  const link = { conversation: 5, run: 'r1' };
  expect(withConversation('?a=1', link)).toBe('?a=1&conversation=5-r1');
  expect(withConversation('?a=1&conversation=5-r1', null)).toBe('?a=1');
  expect(withConversation('?conversation=5', null)).toBe('');
  expect(conversationPath(link)).toBe('/playground?conversation=5-r1');
});

describe('the address', () => {
  /** A page that was opened at an address, by a browser whose back and forward are `goTo`. */
  function opened(search = '') {
    const held = {
      log: createEventLog(),
      conversations: new Map(),
      packets: new WritablePacketLog(),
      payloads: new Map(),
    };
    const wire = createStore<WireState>(() => initialWireState(held));
    const selection = createSelection(wire).store;
    const location = { pathname: '/playground', search, hash: '#x' };
    const history = {
      state: { kept: true },
      replaceState: (_state: unknown, _unused: string, url: string) => {
        location.search = url.slice('/playground'.length, url.indexOf('#'));
      },
    };
    const goTo = (to: string) => {
      location.search = to;
      followAddress(to, selection, wire);
    };
    goTo(search);
    followLink(selection, wire, { location, history });
    const welcomed = (run: string) => wire.setState({ run, journal: `journal of ${run}`, status: 'live' });
    return { location, goTo, welcomed, selection, selected: () => selection.getState() };
  }

  test('says what was picked by hand and of which run, and nothing while following', () => {
    const { location, welcomed, selection, selected } = opened();
    welcomed('r1');
    selected().selectConversation(4);
    expect(location.search).toBe('?conversation=4-r1');
    selected().followNewest();
    expect(location.search).toBe('');
    location.search = '?conversation=2-r1';
    selection.setState({ followedDemo: 'echo' });
    expect(location.search).toBe('?conversation=2-r1');
  });

  test('is followed once the server has said which run this is', () => {
    const { location, welcomed, selected } = opened('?conversation=4-r1');
    expect([selected().conversation, selected().following]).toEqual([null, false]);
    welcomed('r1');
    expect([selected().conversation, selected().elsewhere]).toEqual([4, null]);
    expect(location.search).toBe('?conversation=4-r1');
  });

  test.each(['?conversation=4-r0', '?conversation=4'])(
    'is not followed to another run’s conversation: %s',
    (search) => {
      const { location, goTo, welcomed, selected } = opened(search);
      welcomed('r1');
      const shown = () => [selected().conversation, selected().following, selected().elsewhere?.conversation];
      expect(shown()).toEqual([null, false, 4]);
      expect(location.search).toBe(search);
      goTo('?conversation=4-r1');
      expect(shown()).toEqual([4, false, undefined]);
      goTo(search);
      expect(shown()).toEqual([null, false, 4]);
    },
  );

  test('goes on naming what was picked when the server is another one, and that is not shown', () => {
    const { location, welcomed, selected } = opened();
    welcomed('r1');
    selected().selectConversation(4);
    welcomed('r2');
    expect([selected().conversation, selected().elsewhere]).toEqual([null, { conversation: 4, run: 'r1' }]);
    expect(location.search).toBe('?conversation=4-r1');
    selected().selectConversation(4);
    expect(location.search).toBe('?conversation=4-r2');
  });

  test('does not let an event go that is in what it names', () => {
    const { goTo, welcomed, selection, selected } = opened('?conversation=4-r1');
    welcomed('r1');
    selection.setState({ event: 9 });
    goTo('?conversation=4-r1');
    expect(selected().event).toBe(9);
  });
});
