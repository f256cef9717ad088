import { useEffect } from 'react';
import { useSearch } from 'wouter';
import { followAddress } from '../session/deep-link.ts';
import { useSelectionStore, useSession } from '../session/react.tsx';

/** Shows the conversation that the address names, also when the address changes without a load: links, back, forward. */
export function useConversationLink(): void {
  const search = useSearch();
  const selection = useSelectionStore();
  const { store } = useSession();
  useEffect(() => followAddress(search, selection, store), [search, selection, store]);
}
