import { describe, expect, test } from 'vitest';
import { createStore } from 'zustand/vanilla';
import type { Conversation } from '#protocol/wire.ts';
import { createEventLog } from './event-log.ts';
import { WritablePacketLog } from './packet-log.ts';
import { createSelection } from './selection.ts';
import { fakeConversation, fakeEvent } from './testing.ts';
import { initialWireState, type WireState } from './wire-state.ts';

function setUp(initial: number | null = null) {
  const log = createEventLog();
  const conversations = new Map<number, Conversation>();
  const held = { log, conversations, packets: new WritablePacketLog(), payloads: new Map() };
  const wire = createStore<WireState>(() => ({ ...initialWireState(held), status: 'live', run: 'r1', journal: 'j1' }));
  const selection = createSelection(wire, initial);
  const opens = (id: number, changes: Partial<Conversation> = {}) => {
    conversations.set(id, fakeConversation(id, changes));
    wire.setState(({ revision }) => ({ revision: revision + 1 }));
  };
  const selected = () => selection.store.getState();
  /** The page is welcomed to another journal of the same run, and what is left comes anew. */
  const forgets = ({ left }: { readonly left: readonly number[] }) => {
    log.clear();
    conversations.clear();
    wire.setState(({ journal }) => ({ journal: `${journal}+`, status: left.length > 0 ? 'connecting' : 'live' }));
    for (const id of left) opens(id);
    wire.setState({ status: 'live' });
  };
  return { wire, log, opens, selected, selection, forgets };
}

describe('the selection', () => {
  test('follows the newest conversation until one is picked by hand', () => {
    const { opens, selected } = setUp();
    opens(1);
    opens(2);
    expect(selected().conversation).toBe(2);
    selected().selectConversation(1);
    opens(3);
    expect([selected().conversation, selected().following]).toEqual([1, false]);
    selected().followNewest();
    expect(selected().conversation).toBe(3);
    opens(4);
    expect(selected().conversation).toBe(4);
  });

  test('does not follow the page’s own conversations', () => {
    const { opens, selected } = setUp();
    opens(1, { demo: 'page' });
    expect(selected().conversation).toBeNull();
  });

  test('follows one demo’s conversations when told to, and all again', () => {
    const { opens, selected } = setUp();
    opens(1, { demo: 'echo' });
    opens(2, { demo: 'daytime' });
    selected().followOnly('echo');
    expect(selected().conversation).toBe(1);
    opens(3, { demo: 'daytime' });
    expect(selected().conversation).toBe(1);
    opens(4, { demo: 'echo' });
    expect(selected().conversation).toBe(4);
    opens(5, { demo: 'daytime' });
    selected().followOnly('tls');
    expect(selected().conversation).toBeNull();
    selected().followOnly(null);
    expect(selected().conversation).toBe(5);
  });

  test('what was picked by hand stays when another demo is followed', () => {
    const { opens, selected } = setUp();
    opens(1, { demo: 'daytime' });
    opens(2, { demo: 'echo' });
    selected().selectConversation(1);
    selected().followOnly('echo');
    expect([selected().conversation, selected().following]).toEqual([1, false]);
    selected().followNewest();
    expect(selected().conversation).toBe(2);
  });

  test('an event brings its conversation along, and a new conversation lets it go', () => {
    const { log, opens, selected } = setUp();
    opens(1);
    opens(2);
    log.append([fakeEvent(1, { conversation: 1 })], 0);
    selected().selectEvent(1);
    expect([selected().conversation, selected().event, selected().following]).toEqual([1, 1, false]);
    selected().selectConversation(2);
    expect(selected().event).toBeNull();
  });

  test('a deep link stays selected while others open', () => {
    const { opens, selected } = setUp(7);
    opens(8);
    expect(selected().conversation).toBe(7);
  });

  test('another run of the server is followed, but does not take the place of what was picked by hand', () => {
    const { wire, opens, selected } = setUp();
    opens(1);
    selected().selectConversation(1);
    const begins = (run: string) => wire.setState({ run, journal: `journal of ${run}` });
    begins('r2');
    opens(1);
    expect([selected().conversation, selected().elsewhere]).toEqual([null, { conversation: 1, run: 'r1' }]);
    selected().followNewest();
    expect([selected().conversation, selected().elsewhere]).toEqual([1, null]);
    begins('r3');
    expect([selected().conversation, selected().following]).toEqual([null, true]);
  });

  test('what was picked by hand outlives that another conversation is forgotten, though events are numbered anew', () => {
    const { log, opens, selected, forgets } = setUp();
    for (const id of [1, 2, 3]) opens(id);
    log.append([fakeEvent(7, { conversation: 2 })], 0);
    selected().selectEvent(7);
    forgets({ left: [2, 3] });
    expect([selected().conversation, selected().event, selected().following]).toEqual([2, null, false]);
  });

  test('what was picked by hand and is forgotten is let go, and the newest followed', () => {
    const { opens, selected, forgets } = setUp();
    for (const id of [1, 2, 3]) opens(id);
    selected().selectConversation(2);
    forgets({ left: [1, 3] });
    expect([selected().conversation, selected().following]).toEqual([3, true]);
    forgets({ left: [] });
    expect([selected().conversation, selected().following]).toEqual([null, true]);
  });

  test('a closed selection no longer listens', () => {
    const { opens, selected, selection } = setUp();
    selection.close();
    opens(1);
    expect(selected().conversation).toBeNull();
  });
});
