import { useStore } from 'zustand';
import type { LessonProgress } from '#protocol/progress.ts';
import { systemClock } from '../session/clock.ts';
import { browserStorage } from './browser-storage.ts';
import {
  createProgressStore,
  lessonProgress,
  PROGRESS_KEY,
  type ProgressState,
  type ProgressStore,
} from './progress-store.ts';

let progressStore: ProgressStore | null = null;

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

/** What `selector` picks of the progress; renders again when that changes. */
export function useProgress<T>(selector: (state: ProgressState) => T): T {
  return useStore(browserProgress().store, selector);
}

/** What was done in one lesson; renders again when that changes. */
export function useLessonProgress(lesson: string): LessonProgress {
  return useProgress(({ progress }) => lessonProgress(progress, lesson));
}
