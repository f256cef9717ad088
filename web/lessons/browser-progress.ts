import { useStore } from 'zustand';
import type { LessonProgress } from '#protocol/progress.ts';
import { systemClock } from '../session/clock.ts';
import {
  createProgressStore,
  lessonProgress,
  PROGRESS_KEY,
  type ProgressState,
  type ProgressStore,
} from './progress-store.ts';
import { createWitnessStore, type Witnesses, type WitnessStore } from './witness-store.ts';

let progressStore: ProgressStore | null = null;
let witnessStore: WitnessStore | null = null;

/** The progress of this browser, made when it is first asked for, and synced with the server and with other tabs. */
export function browserProgress(): ProgressStore {
  if (progressStore) return progressStore;
  const made = createProgressStore({
    storage: browserStorage,
    fetch: (address, init) => window.fetch(address, init),
    clock: systemClock,
  });
  progressStore = made;
  window.addEventListener('storage', (event) => {
    if (event.key === PROGRESS_KEY) made.absorb(event.newValue);
  });
  window.addEventListener('online', () => void made.sync());
  void made.sync();
  return made;
}

/** What this browser has seen of steps turning green. */
export function browserWitnesses(): WitnessStore {
  witnessStore ??= createWitnessStore(browserStorage);
  return witnessStore;
}

/** What `selector` picks of the progress; renders again when that changes. */
export function useProgress<T>(selector: (state: ProgressState) => T): T {
  return useStore(browserProgress().store, selector);
}

/** What was done in one lesson; renders again when that changes. */
export function useLessonProgress(lesson: string): LessonProgress {
  return useProgress(({ progress }) => lessonProgress(progress, lesson));
}

/** What was seen in one lesson; renders again when that changes. */
export function useWitnesses(lesson: string): Witnesses[string] | undefined {
  return useStore(browserWitnesses().store, (witnesses) => witnesses[lesson]);
}

/** `window.localStorage` throws where it is blocked, when it is named and not only when it is used. */
const browserStorage: Pick<Storage, 'getItem' | 'setItem'> = {
  getItem: (key) => window.localStorage.getItem(key),
  setItem: (key, value) => window.localStorage.setItem(key, value),
};
