import { useEffect } from 'react';
import { useSearch } from 'wouter';
import { conversationLink } from '../session/deep-link.ts';
import { useSelectionStore } from '../session/react.tsx';

/** Shows the conversation that the address names, also when the address changes without a load: links, back, forward. */
export function useConversationLink(): void {
  const search = useSearch();
  const selection = useSelectionStore();
  useEffect(() => {
    const linked = conversationLink(search);
    const { conversation, following, selectConversation } = selection.getState();
    if (linked !== null && (linked !== conversation || following)) selectConversation(linked);
  }, [search, selection]);
}
