import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';

/** How near the end counts as at the end, in CSS pixels. */
const END_SLACK_PX = 24;

/** Keeps a scrolled box at its end while it grows, until the learner scrolls up. */
export interface FollowEnd {
  readonly following: boolean;
  /** Goes to the end and stays there. */
  follow(): void;
  /** Stays where it is, as when the learner scrolls up. */
  stop(): void;
}

/**
 * @param box what scrolls
 * @param trimmedPx height of what was let go at the front of the content: a reader who scrolled up is not moved by it
 * @param initially whether it begins at the end
 */
export function useFollowEnd(box: RefObject<HTMLElement | null>, trimmedPx: number, initially: boolean): FollowEnd {
  const [following, setFollowing] = useState(initially);
  const latest = useRef(following);
  latest.current = following;

  useLayoutEffect(() => {
    if (following) toEnd(box.current);
  }, [following, box]);

  useKeptPlace(box, trimmedPx, latest);

  useEffect(() => (box.current ? watchEnd(box.current, latest, setFollowing) : undefined), [box]);

  const follow = useCallback(() => {
    setFollowing(true);
    toEnd(box.current);
  }, [box]);
  const stop = useCallback(() => setFollowing(false), []);
  return { following, follow, stop };
}

/** Who does not follow the end goes on seeing what they read, though something before it is let go. */
function useKeptPlace(box: RefObject<HTMLElement | null>, trimmedPx: number, following: RefObject<boolean>): void {
  const before = useRef(trimmedPx);
  useLayoutEffect(() => {
    const moved = trimmedPx - before.current;
    before.current = trimmedPx;
    if (box.current && moved > 0 && !following.current) box.current.scrollTop -= moved;
  }, [trimmedPx, box, following]);
}

/** Tells whether the end is followed when that changes, and goes there while it is. Returns what stops it. */
function watchEnd(
  element: HTMLElement,
  following: RefObject<boolean>,
  setFollowing: (following: boolean) => void,
): () => void {
  let top = element.scrollTop;
  const onScroll = () => {
    // Only who scrolls up leaves the end; content that has grown meanwhile does not.
    if (isAtEnd(element)) setFollowing(true);
    else if (element.scrollTop < top) setFollowing(false);
    top = element.scrollTop;
  };
  const observer = new ResizeObserver(() => {
    if (following.current) toEnd(element);
  });
  // What is not at its end by choice may be so by being short.
  if (isAtEnd(element)) setFollowing(true);
  // Before the virtualizer's own listener, which draws rows: asking for sizes after it would lay everything out twice.
  element.addEventListener('scroll', onScroll, { passive: true, capture: true });
  // Growth is seen here, where sizes are known, and never by asking for them while rows are being laid out.
  for (const child of [element, ...element.children]) observer.observe(child);
  return () => {
    element.removeEventListener('scroll', onScroll, { capture: true });
    observer.disconnect();
  };
}

const isAtEnd = (element: HTMLElement): boolean =>
  element.scrollHeight - element.scrollTop - element.clientHeight <= END_SLACK_PX;

function toEnd(element: HTMLElement | null): void {
  if (element) element.scrollTop = element.scrollHeight;
}
