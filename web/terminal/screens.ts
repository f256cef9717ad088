import { type RefObject, useEffect } from 'react';
import type { ScreenHandle } from './TerminalScreen.tsx';
import { terminalsStore, useTerminals } from './terminals-store.ts';

/** Screens that are on the page, by terminal. */
export type Screens = RefObject<Map<number, ScreenHandle>>;

/** So long a terminal that was given the keyboard gets it again when it did not take it or lost it to nobody, in frames. */
const FOCUS_FRAMES = 30;

let focusesDone = 0;

/** Gives the keyboard to the active terminal when that was asked for and has not been done yet. */
export function focusIfAsked(screens: ReadonlyMap<number, ScreenHandle>): void {
  const { focusRequests, active } = terminalsStore.getState();
  const screen = screens.get(active ?? -1);
  if (!screen || focusRequests === focusesDone) return;
  focusesDone = focusRequests;
  giveKeyboard(screen, document.activeElement, () => terminalsStore.getState().active === active);
}

/** What is not laid out cannot have the focus, and what is laid out anew may lose it; who went elsewhere is left there. */
function giveKeyboard(
  screen: ScreenHandle,
  before: Element | null,
  isWanted: () => boolean,
  frames = FOCUS_FRAMES,
): void {
  if (!isWanted()) return;
  const now = document.activeElement;
  const wasTaken = screen.hasFocus();
  if (!wasTaken && now !== before && now !== document.body) return;
  if (!wasTaken) screen.focus();
  const left = screen.hasFocus() ? null : before;
  if (frames > 0) requestAnimationFrame(() => giveKeyboard(screen, left, isWanted, frames - 1));
}

/** Has the active terminal get the keyboard whenever that is asked for. */
export function useFocusRequests(screens: Screens): void {
  const focusRequests = useTerminals((state) => state.focusRequests);
  // biome-ignore lint/correctness/useExhaustiveDependencies: each request is a reason to look again
  useEffect(() => focusIfAsked(screens.current), [focusRequests, screens]);
}
