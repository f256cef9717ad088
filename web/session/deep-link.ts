import type { StoreApi } from 'zustand/vanilla';
import type { SelectionState } from './selection.ts';

/** The query parameter that names a conversation: `?conversation=12`. */
export const CONVERSATION_PARAMETER = 'conversation';

/** The conversation that a query names, or `null` where it names none or nonsense. */
export function conversationLink(search: string): number | null {
  const text = new URLSearchParams(search).get(CONVERSATION_PARAMETER);
  return text !== null && /^[1-9]\d{0,14}$/.test(text) ? Number(text) : null;
}

/** The query with the conversation set, or taken out where it is `null`; the rest stays. */
export function withConversation(search: string, conversation: number | null): string {
  const query = new URLSearchParams(search);
  if (conversation === null) query.delete(CONVERSATION_PARAMETER);
  else query.set(CONVERSATION_PARAMETER, String(conversation));
  const text = query.toString();
  return text === '' ? '' : `?${text}`;
}

/** What following needs of the window. */
interface AddressBar {
  readonly location: { readonly pathname: string; readonly search: string; readonly hash: string };
  readonly history: { readonly state: unknown; replaceState(state: unknown, unused: string, url: string): void };
}

/** Keeps the address saying which conversation was picked by hand; answers what stops it. */
export function followLink(selection: StoreApi<SelectionState>, { location, history }: AddressBar): () => void {
  return selection.subscribe(({ conversation, following }, before) => {
    // A link that was just opened says what is not picked yet.
    if (conversation === before.conversation && following === before.following) return;
    const search = withConversation(location.search, following ? null : conversation);
    if (search === location.search) return;
    history.replaceState(history.state, '', location.pathname + search + location.hash);
  });
}
