import { type RefObject, useEffect } from 'react';
import type { ScreenHandle } from './TerminalScreen.tsx';
import { terminalsStore, useTerminals } from './terminals-store.ts';

/** Screens that are on the page, by terminal. */
export type Screens = RefObject<Map<number, ScreenHandle>>;

let focusesDone = 0;

/** Gives the keyboard to the active terminal when that was asked for and has not been done yet. */
export function focusIfAsked(screens: ReadonlyMap<number, ScreenHandle>): void {
  const { focusRequests, active } = terminalsStore.getState();
  const screen = screens.get(active ?? -1);
  if (!screen || focusRequests === focusesDone) return;
  focusesDone = focusRequests;
  screen.focus();
}

/** Has the active terminal get the keyboard whenever that is asked for. */
export function useFocusRequests(screens: Screens): void {
  const focusRequests = useTerminals((state) => state.focusRequests);
  // biome-ignore lint/correctness/useExhaustiveDependencies: each request is a reason to look again
  useEffect(() => focusIfAsked(screens.current), [focusRequests, screens]);
}
