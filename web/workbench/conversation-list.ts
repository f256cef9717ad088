import type { Conversation } from '#protocol/wire.ts';

/** Conversations listed at the most; older ones are counted. */
const MAX_LISTED = 200;

/** Demo id of Porthole's own web server. */
export const PAGE_DEMO = 'page';

/** Which conversations to list. */
export interface ListFilter {
  readonly demo: string | null;
  readonly showPage: boolean;
}

/** A list for the picker. */
export interface ConversationList {
  /** Newest first. */
  readonly shown: readonly Conversation[];
  /** How many older ones fit the filter, and are left out. */
  readonly older: number;
}

/** The newest conversations that fit the filter. Ids grow in the order in which conversations open. */
export function listConversations(
  conversations: ReadonlyMap<number, Conversation>,
  { demo, showPage }: ListFilter,
  max = MAX_LISTED,
): ConversationList {
  const fitting: Conversation[] = [];
  for (const conversation of conversations.values()) {
    if (conversation.demo === PAGE_DEMO && !showPage) continue;
    if (demo === null || conversation.demo === demo) fitting.push(conversation);
  }
  fitting.sort((a, b) => b.id - a.id);
  return { shown: fitting.slice(0, max), older: Math.max(0, fitting.length - max) };
}
