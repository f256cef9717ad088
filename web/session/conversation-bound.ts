import type { Conversation, ConversationState } from '#protocol/wire.ts';

/** Conversations that the page holds; past it ended ones go first, then the oldest. */
export const MAX_HELD_CONVERSATIONS = 20_000;

/** How far below the bound one trimming goes, so that it is rare. */
const TRIMMED_CONVERSATIONS = 2_000;

const ENDED: ReadonlySet<ConversationState> = new Set(['closed', 'reset', 'failed', 'detached']);

/** Whether nothing more will come in a conversation. */
function hasEnded(conversation: Conversation): boolean {
  return ENDED.has(conversation.state);
}

/** Brings `conversations` back under its bound; does nothing while it is. `max` and `trimmed` are for tests. */
export function boundConversations(
  conversations: Map<number, Conversation>,
  max = MAX_HELD_CONVERSATIONS,
  trimmed = TRIMMED_CONVERSATIONS,
): void {
  if (conversations.size <= max) return;
  const goal = Math.max(0, max - trimmed);
  for (const [id, conversation] of conversations) {
    if (conversations.size <= goal) return;
    if (hasEnded(conversation)) conversations.delete(id);
  }
  for (const id of conversations.keys()) {
    if (conversations.size <= goal) return;
    conversations.delete(id);
  }
}
