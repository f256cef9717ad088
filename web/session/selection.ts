import { createStore, type StoreApi } from 'zustand/vanilla';
import type { WireState } from './wire-state.ts';

/** What the learner looks at: the same everywhere on the page. */
export interface SelectionState {
  /** Id of the conversation shown, or `null`. */
  readonly conversation: number | null;
  /** `seq` of the event selected in it, or `null`. */
  readonly event: number | null;
  /** Newly opened conversations are shown as they come, until one is picked by hand. */
  readonly following: boolean;
  /** Only conversations of this demo are followed; `null` follows all. */
  readonly followedDemo: string | null;
  /** Picks a conversation by hand (or none), and stops following. */
  selectConversation(id: number | null): void;
  /** Picks an event by hand and with it its conversation, and stops following; `null` only lets the event go. */
  selectEvent(seq: number | null): void;
  /** Shows the newest conversation, and each newer one as it opens. */
  followNewest(): void;
  /** Follows only conversations of one demo from now on, or of all (`null`). */
  followOnly(demo: string | null): void;
}

/** The selection, and what ends its listening to the wire. */
export interface Selection {
  readonly store: StoreApi<SelectionState>;
  close(): void;
}

/**
 * A selection over the conversations of `wire`. It follows the newest one unless `initial` names one by hand
 * (a deep link). Porthole's own page is a conversation too, but is never followed.
 */
export function createSelection(wire: StoreApi<WireState>, initial: number | null = null): Selection {
  const store = createStore<SelectionState>((set) => ({
    conversation: initial,
    event: null,
    following: initial === null,
    followedDemo: null,
    selectConversation: (id) => set({ conversation: id, event: null, following: false }),
    selectEvent: (seq) => set((state) => withEvent(state, seq, wire.getState())),
    followNewest: () =>
      set(({ followedDemo }) => ({
        conversation: newestConversation(wire.getState(), followedDemo),
        event: null,
        following: true,
      })),
    followOnly: (demo) => {
      set({ followedDemo: demo });
      follow(store, wire.getState());
    },
  }));
  const close = wire.subscribe((now, before) => {
    if (before.journal !== null && now.journal !== before.journal) {
      store.setState({ conversation: null, event: null, following: true });
    }
    if (now.revision !== before.revision) follow(store, now);
  });
  return { store, close };
}

function withEvent(state: SelectionState, seq: number | null, wire: WireState): Partial<SelectionState> {
  if (seq === null) return { event: null };
  const conversation = wire.log.bySeq(seq)?.conversation ?? state.conversation;
  return { event: seq, conversation, following: false };
}

function follow(store: StoreApi<SelectionState>, wire: WireState): void {
  const { following, conversation, followedDemo } = store.getState();
  if (!following) return;
  const newest = newestConversation(wire, followedDemo);
  if (newest !== conversation) store.setState({ conversation: newest, event: null });
}

/** The newest conversation that can be followed. Ids grow in the order in which conversations open. */
export function newestConversation(
  { conversations }: Pick<WireState, 'conversations'>,
  followedDemo: string | null,
): number | null {
  let newest: number | null = null;
  for (const { id, demo } of conversations.values()) {
    if (demo === 'page' || (followedDemo !== null && demo !== followedDemo)) continue;
    if (newest === null || id > newest) newest = id;
  }
  return newest;
}
