import { type RefObject, useEffect, useRef } from 'react';

/**
 * A new page begins at its top, and a screen reader in its content, as after a load. Going back or forward is left to
 * the browser, which knows where the learner was.
 */
export function useRouteChange(path: string, main: RefObject<HTMLElement | null>): void {
  const shownPath = useRef(path);
  const isTravelling = useRef(false);
  useEffect(() => {
    const onTravel = () => {
      // A link within the page says so too, and goes nowhere.
      isTravelling.current = window.location.pathname !== shownPath.current;
    };
    window.addEventListener('popstate', onTravel);
    return () => window.removeEventListener('popstate', onTravel);
  }, []);
  useEffect(() => {
    if (shownPath.current === path) return;
    shownPath.current = path;
    if (!isTravelling.current) {
      window.scrollTo(0, 0);
      main.current?.focus({ preventScroll: true });
    }
    isTravelling.current = false;
  }, [path, main]);
}
