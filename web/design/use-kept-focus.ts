import { useEffect } from 'react';

/** What the keyboard can be on. */
const FOCUSABLE = 'a[href], button, input, select, textarea, summary, [tabindex="0"]';

/** For how long after a press what was pressed may go away and be made up for, in milliseconds. */
const WATCH_MS = 10_000;

/** How often it is looked at meanwhile, in milliseconds. */
const LOOK_MS = 40;

/** At so many looks somebody else, a dialog for instance, may yet put the focus where it wants to have it. */
const PATIENCE_LOOKS = 2;

/** Where something was in the page, as long as it was there. */
interface Place {
  /** What was around it, the nearest first. */
  readonly around: readonly Element[];
  /** What could have the keyboard before it, the nearest first. */
  readonly before: readonly HTMLElement[];
  /** The same after it. */
  readonly after: readonly HTMLElement[];
}

/**
 * Keeps the keyboard in its place: where what was pressed goes away or is disabled by it, its nearest neighbour has the
 * focus, or the page's contents where there is none. Without it the focus falls to the page as a whole.
 */
export function useKeptFocus(): void {
  useEffect(() => {
    let stop = () => {};
    const watch = ({ detail }: MouseEvent) => {
      const pressed = document.activeElement;
      // Clicks of a pointer count from 1; those of keys and of screen readers are 0.
      if (detail !== 0 || !(pressed instanceof HTMLElement) || pressed === document.body) return;
      stop();
      stop = keepFocus(pressed);
    };
    document.addEventListener('click', watch, { capture: true });
    return () => {
      stop();
      document.removeEventListener('click', watch, { capture: true });
    };
  }, []);
}

/** Looks after the focus until it moves on; returns what ends that. */
function keepFocus(pressed: HTMLElement): () => void {
  let holder = pressed;
  let place = placeOf(holder);
  let looks = WATCH_MS / LOOK_MS;
  let lost = 0;
  const timer = setInterval(() => {
    const here = document.activeElement;
    looks -= 1;
    if (looks <= 0 || (here !== holder && here !== document.body)) clearInterval(timer);
    lost = here === document.body ? lost + 1 : 0;
    const next = lost > PATIENCE_LOOKS ? nearest(place) : null;
    if (!next) return;
    next.focus();
    // It may go away as well: a button is disabled first, and then its card removed.
    holder = next;
    place = placeOf(holder);
  }, LOOK_MS);
  return () => clearInterval(timer);
}

function placeOf(element: HTMLElement): Place {
  const around: Element[] = [];
  for (let each = element.parentElement; each; each = each.parentElement) around.push(each);
  const all = [...document.querySelectorAll<HTMLElement>(FOCUSABLE)];
  const at = all.indexOf(element);
  return { around, before: all.slice(0, Math.max(0, at)).reverse(), after: all.slice(at + 1) };
}

/** The neighbour that has most around it in common with what is gone; the later of two. */
function nearest({ around, before, after }: Place): HTMLElement | null {
  const common = (element: HTMLElement) => around.findIndex((each) => each.isConnected && each.contains(element));
  const [found] = [after.find(isUsable), before.find(isUsable)]
    .flatMap((element) => (element ? [{ element, steps: common(element) }] : []))
    .sort((a, b) => a.steps - b.steps);
  const main = document.querySelector('main');
  const shared = found && around[found.steps];
  return found && shared && !shared.contains(main) ? found.element : main;
}

function isUsable(element: HTMLElement): boolean {
  // What is folded away has a place on the page, too, and would not take the focus.
  return element.checkVisibility({ visibilityProperty: true }) && !element.matches(':disabled, [inert] *');
}
