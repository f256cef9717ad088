import { useEffect } from 'react';

/** What has the keyboard in a pane where nothing had it before: what is written into, else the first thing there is. */
const STARTS = ['textarea', '[role="listbox"]', 'button, a[href], input, select, [tabindex="0"]'];

/** F6 goes to the next pane of the page and Shift+F6 to the one before, to where the learner was in it. */
export function usePanes(): void {
  useEffect(() => {
    const last = new WeakMap<Element, HTMLElement>();
    const remember = ({ target }: FocusEvent) => {
      const pane = target instanceof HTMLElement ? paneOf(target) : null;
      if (pane && target instanceof HTMLElement) last.set(pane, target);
    };
    const go = (event: KeyboardEvent) => {
      if (event.key !== 'F6' || event.ctrlKey || event.altKey || event.metaKey || event.defaultPrevented) return;
      const pane = nextPane(event.shiftKey ? -1 : 1);
      if (!pane) return;
      event.preventDefault();
      const known = last.get(pane);
      (known && pane.contains(known) && isShown(known) ? known : startOf(pane))?.focus();
    };
    document.addEventListener('focusin', remember);
    document.addEventListener('keydown', go);
    return () => {
      document.removeEventListener('focusin', remember);
      document.removeEventListener('keydown', go);
    };
  }, []);
}

/** The innermost panel of a split around an element. */
function paneOf(element: Element): Element | null {
  return element.closest('[data-panel]');
}

/** The pane that follows the one that has the keyboard, around the page; `null` where there is nothing to choose from. */
function nextPane(step: 1 | -1): Element | null {
  const panes = [...document.querySelectorAll('[data-panel]')].filter((each) => !each.querySelector('[data-panel]'));
  // While a dialog is open, the rest of the page is out of reach.
  if (panes.length < 2 || document.querySelector('[role="dialog"]')) return null;
  const here = document.activeElement ? paneOf(document.activeElement) : null;
  const at = here ? panes.indexOf(here) : -1;
  const to = at < 0 ? (step > 0 ? 0 : panes.length - 1) : (at + step + panes.length) % panes.length;
  return panes[to] ?? null;
}

function startOf(pane: Element): HTMLElement | undefined {
  return STARTS.flatMap((selector) => [...pane.querySelectorAll<HTMLElement>(selector)]).find(isShown);
}

function isShown(element: HTMLElement): boolean {
  return element.isConnected && element.getClientRects().length > 0 && !element.matches(':disabled');
}
