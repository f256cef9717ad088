import { useSyncExternalStore } from 'react';

/** Below this width the workbench becomes a sheet: the page's one breakpoint, in CSS pixels. */
const WIDE_FROM_PX = 900;

/** Whether a media query holds now. */
function useMedia(query: string): boolean {
  return useSyncExternalStore(
    (changed) => {
      const list = window.matchMedia(query);
      list.addEventListener('change', changed);
      return () => list.removeEventListener('change', changed);
    },
    () => window.matchMedia(query).matches,
  );
}

/** Whether there is room for panels side by side. */
export function useIsWide(): boolean {
  return useMedia(`(min-width: ${WIDE_FROM_PX}px)`);
}
