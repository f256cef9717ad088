import { describe, expect, it } from 'vitest';
import type { Conversation } from '#protocol/wire.ts';
import { listConversations } from './conversation-list.ts';
import { aConversation } from './testing.ts';

function mapOf(...list: Partial<Conversation>[]): Map<number, Conversation> {
  return new Map(list.map((over, i) => [i + 1, aConversation({ id: i + 1, ...over })]));
}
const ids = (list: readonly Conversation[]) => list.map((each) => each.id);

describe('listConversations', () => {
  it('lists the newest first, without Porthole’s own page', () => {
    const map = mapOf({}, { demo: 'page' }, { demo: null });
    expect(ids(listConversations(map, { demo: null, showPage: false }).shown)).toEqual([3, 1]);
    expect(ids(listConversations(map, { demo: null, showPage: true }).shown)).toEqual([3, 2, 1]);
  });

  it('keeps to one demo', () => {
    const map = mapOf({}, { demo: 'discard' }, {});
    expect(ids(listConversations(map, { demo: 'discard', showPage: false }).shown)).toEqual([2]);
  });

  it('counts what it leaves out', () => {
    const list = listConversations(mapOf({}, {}, {}), { demo: null, showPage: false }, 2);
    expect(ids(list.shown)).toEqual([3, 2]);
    expect(list.older).toBe(1);
  });
});
