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
  const wire = createStore<WireState>(() => ({ ...initialWireState(held), status: 'live', journal: 'j1' }));
  const selection = createSelection(wire, initial);
  const opens = (id: number, changes: Partial<Conversation> = {}) => {
    conversations.set(id, fakeConversation(id, changes));
    wire.setState(({ revision }) => ({ revision: revision + 1 }));
  };
  const selected = () => selection.store.getState();
  return { wire, log, opens, selected, selection };
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

  test('another run of the server lets go and follows again', () => {
    const { wire, opens, selected } = setUp();
    opens(1);
    selected().selectConversation(1);
    wire.setState({ journal: 'j2' });
    expect([selected().conversation, selected().following]).toEqual([null, true]);
  });

  test('a closed selection no longer listens', () => {
    const { opens, selected, selection } = setUp();
    selection.close();
    opens(1);
    expect(selected().conversation).toBeNull();
  });
});
