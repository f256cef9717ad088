import { createStore, type StoreApi } from 'zustand/vanilla';

/** How much of a step's help is revealed: nothing, the hint, the hint and the answer. */
export type Revealed = 0 | 1 | 2;

/**
 * What the learner has opened on a lesson's page. Kept outside of the words, which are replaced as a whole when the
 * language changes.
 */
export interface LessonUi {
  readonly revealed: Readonly<Record<string, Revealed>>;
  /** Quiz id → choices tried, latest last. */
  readonly tried: Readonly<Record<string, readonly string[]>>;
  /** The step or experiment whose scene is to be played in the lab; `nth` grows with every wish to play one. */
  readonly scene: { readonly task: string; readonly nth: number } | null;
  /** Read aloud when it changes. */
  readonly announcement: string;
}

/** One page's, from its beginning. */
export function createLessonUi(): StoreApi<LessonUi> {
  return createStore<LessonUi>(() => ({ revealed: {}, tried: {}, scene: null, announcement: '' }));
}
