import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Direction } from '#protocol/wire.ts';

/** Views of the workbench. */
export type WorkbenchTab = 'ladder' | 'bytes' | 'http' | 'packets' | 'sockets';

/** Longest text to filter by, in UTF-16 units. */
export const MAX_FILTER_CHARS = 200;

/** How the workbench shows what the session holds. It changes nothing of what is held. */
export interface ViewState {
  readonly tab: WorkbenchTab;
  /** The ladder as a drawing, or as the table that says the same. */
  readonly ladderAs: 'ladder' | 'table';
  /** Last event shown while paused; `null` while not. */
  readonly pausedAtSeq: number | null;
  /** Events up to this one were cleared out of view; 0: none. */
  readonly clearedSeq: number;
  readonly filterOpen: boolean;
  /** Only conversations of this demo are listed; `null` lists all. */
  readonly demo: string | null;
  /** Only octets that went this way are shown; `null` shows both. */
  readonly direction: Direction | null;
  /** Only payloads that hold this text are shown; empty shows all. */
  readonly text: string;
  /** Whether Porthole's own page is listed among the conversations. */
  readonly showPage: boolean;
}

/** What it begins with. */
const FIRST_VIEW: ViewState = {
  tab: 'ladder',
  ladderAs: 'ladder',
  pausedAtSeq: null,
  clearedSeq: 0,
  filterOpen: false,
  demo: null,
  direction: null,
  text: '',
  showPage: false,
};

/** The view of one workbench. */
export type ViewStore = StoreApi<ViewState>;

/** A view that shows everything. */
export function createViewStore(): ViewStore {
  return createStore<ViewState>(() => FIRST_VIEW);
}

/** Whether a filter leaves anything out. */
export function isFiltering({ demo, direction, text, showPage }: ViewState): boolean {
  return demo !== null || direction !== null || text !== '' || showPage;
}

/** What a journal of another run leaves of a view: positions in the old one mean nothing in it. */
export function forNewJournal(view: ViewState): ViewState {
  return { ...view, pausedAtSeq: null, clearedSeq: 0 };
}
