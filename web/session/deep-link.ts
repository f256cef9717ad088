import type { StoreApi } from 'zustand/vanilla';
import { type ConversationLink, pickedLink, type SelectionState } from './selection.ts';
import type { WireState } from './wire-state.ts';

/** The query parameter that names a conversation and its run: `?conversation=12-9f86d081ab`. */
const CONVERSATION_PARAMETER = 'conversation';

/** A number, and what a run may be called. Links of older versions have the number only. */
const LINK = /^([1-9]\d{0,14})(?:-([\w-]{1,64}))?$/;

/** The conversation that a query names, or `null` where it names none or nonsense. */
export function conversationLink(search: string): ConversationLink | null {
  const found = LINK.exec(new URLSearchParams(search).get(CONVERSATION_PARAMETER) ?? '');
  return found && { conversation: Number(found[1]), run: found[2] ?? null };
}

/** The query with the conversation set, or taken out where it is `null`; the rest stays. */
export function withConversation(search: string, link: ConversationLink | null): string {
  const query = new URLSearchParams(search);
  if (link === null) query.delete(CONVERSATION_PARAMETER);
  else
    query.set(CONVERSATION_PARAMETER, link.run === null ? `${link.conversation}` : `${link.conversation}-${link.run}`);
  const text = query.toString();
  return text === '' ? '' : `?${text}`;
}

/** Where the playground shows a conversation. */
export function conversationPath(link: ConversationLink): string {
  return `/playground${withConversation('', link)}`;
}

/** What following needs of the window. */
interface AddressBar {
  readonly location: { readonly pathname: string; readonly search: string; readonly hash: string };
  readonly history: { readonly state: unknown; replaceState(state: unknown, unused: string, url: string): void };
}

/** Keeps the address saying which conversation was picked by hand; answers what stops it. */
export function followLink(
  selection: StoreApi<SelectionState>,
  wire: StoreApi<WireState>,
  { location, history }: AddressBar,
): () => void {
  return selection.subscribe((now, before) => {
    // A link that was just opened says what is not picked yet.
    if (
      now.conversation === before.conversation &&
      now.elsewhere === before.elsewhere &&
      now.following === before.following
    )
      return;
    const search = withConversation(location.search, pickedLink(now, wire.getState().run));
    if (search === location.search) return;
    history.replaceState(history.state, '', location.pathname + search + location.hash);
  });
}

/** Picks what the query names, unless it is picked already. */
export function followAddress(search: string, selection: StoreApi<SelectionState>, wire: StoreApi<WireState>): void {
  const link = conversationLink(search);
  if (link === null) return;
  const picked = pickedLink(selection.getState(), wire.getState().run);
  if (picked?.conversation === link.conversation && picked.run === link.run) return;
  selection.getState().openLink(link);
}
