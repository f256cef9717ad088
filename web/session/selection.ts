import { createStore, type StoreApi } from 'zustand/vanilla';
import type { WireState } from './wire-state.ts';

/** One conversation, named for good: another run of the server gives its number to another. */
export interface ConversationLink {
  readonly conversation: number;
  /** The run of the server that it is of; `null`: not said. */
  readonly run: string | null;
}

/** What the learner looks at: the same everywhere on the page. */
export interface SelectionState {
  /** Id of the conversation shown, or `null`. */
  readonly conversation: number | null;
  /**
   * What was picked, where it is not known to be of this run: a link's until the server has said which run this is, and what
   * is of another run, or may be. Nothing is shown in its place. `null`: nothing of the kind is picked.
   */
  readonly elsewhere: ConversationLink | null;
  /** `seq` of the event selected in it, or `null`. */
  readonly event: number | null;
  /** Newly opened conversations are shown as they come, until one is picked by hand. */
  readonly following: boolean;
  /** Only conversations of this demo are followed; `null` follows all. */
  readonly followedDemo: string | null;
  /** Picks a conversation by hand (or none), and stops following. */
  selectConversation(id: number | null): void;
  /** Picks what a link names by hand. */
  openLink(link: ConversationLink): void;
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
 * A selection over the conversations of `wire`. It follows the newest one unless `initial` names one by hand.
 * Porthole's own page is a conversation too, but is never followed.
 */
export function createSelection(wire: StoreApi<WireState>, initial: number | null = null): Selection {
  const store = createStore<SelectionState>((set) => ({
    conversation: initial,
    elsewhere: null,
    event: null,
    following: initial === null,
    followedDemo: null,
    selectConversation: (id) => set({ ...PICKED, conversation: id }),
    openLink: (link) => set(placed(link, wire.getState().run)),
    selectEvent: (seq) => set((state) => withEvent(state, seq, wire.getState())),
    followNewest: () =>
      set(({ followedDemo }) => ({ ...LET_GO, conversation: newestConversation(wire.getState(), followedDemo) })),
    followOnly: (demo) => {
      set({ followedDemo: demo });
      follow(store, wire.getState());
    },
  }));
  let someForgotten = false;
  const close = wire.subscribe((now, before) => {
    if (now.run !== before.run) store.setState((state) => inRun(state, now.run, before.run));
    else if (now.journal !== before.journal) {
      // Events are numbered anew, conversations are not: which of these are left is known when all of them have come.
      store.setState({ event: null });
      someForgotten = true;
    }
    if (someForgotten && now.status === 'live') {
      someForgotten = false;
      if (!isHeld(store.getState(), now)) store.getState().followNewest();
    }
    if (now.revision !== before.revision) follow(store, now);
  });
  return { store, close };
}

const PICKED = { elsewhere: null, event: null, following: false } as const;
const LET_GO = { conversation: null, elsewhere: null, event: null, following: true } as const;

/** What was picked by hand; `null`: nothing was. `run` is the one that the conversation shown is of. */
export function pickedLink(state: SelectionState, run: string | null): ConversationLink | null {
  const { conversation, elsewhere, following } = state;
  if (following || conversation === null) return elsewhere;
  return { conversation, run };
}

/** Picks what is of this run, and keeps in mind what is not. */
function placed(link: ConversationLink, run: string | null): Partial<SelectionState> {
  const isHere = link.run !== null && link.run === run;
  return isHere ? { ...PICKED, conversation: link.conversation } : { ...PICKED, conversation: null, elsewhere: link };
}

/** The server says which run this is: what was picked stays picked, where it is of this one and where it is not. */
function inRun(state: SelectionState, run: string | null, before: string | null): Partial<SelectionState> {
  const picked = pickedLink(state, before);
  return picked === null ? LET_GO : placed(picked, run);
}

/** Whether forgetting has left what is selected. What is of another run was not there to be forgotten. */
function isHeld({ conversation, elsewhere }: SelectionState, { conversations }: WireState): boolean {
  return elsewhere !== null || (conversation !== null && conversations.has(conversation));
}

function withEvent(state: SelectionState, seq: number | null, wire: WireState): Partial<SelectionState> {
  if (seq === null) return { event: null };
  const conversation = wire.log.bySeq(seq)?.conversation ?? state.conversation;
  return { ...PICKED, conversation, event: seq };
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
