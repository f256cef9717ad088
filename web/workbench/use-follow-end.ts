import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';

/** How near the end counts as at the end, in CSS pixels. */
const END_SLACK_PX = 24;

/** Keeps a scrolled box at its end while it grows, until the learner scrolls up. */
export interface FollowEnd {
  readonly following: boolean;
  /** Goes to the end and stays there. */
  follow(): void;
}

/**
 * @param box what scrolls
 * @param sizePx height of its content
 * @param trimmedPx height of what was let go at the front of the content: a reader who scrolled up is not moved by it
 * @param initially whether it begins at the end
 */
export function useFollowEnd(
  box: RefObject<HTMLElement | null>,
  sizePx: number,
  trimmedPx: number,
  initially: boolean,
): FollowEnd {
  const [following, setFollowing] = useState(initially);
  const latest = useRef(following);
  latest.current = following;

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new size is the reason to scroll
  useLayoutEffect(() => {
    if (following) toEnd(box.current);
  }, [following, sizePx, box]);

  const trimmedBefore = useRef(trimmedPx);
  useLayoutEffect(() => {
    const moved = trimmedPx - trimmedBefore.current;
    trimmedBefore.current = trimmedPx;
    if (box.current && moved > 0 && !latest.current) box.current.scrollTop -= moved;
  }, [trimmedPx, box]);

  useEffect(() => {
    const element = box.current;
    if (!element) return;
    let top = element.scrollTop;
    const onScroll = () => {
      // Only who scrolls up leaves the end; content that has grown meanwhile does not.
      if (isAtEnd(element)) setFollowing(true);
      else if (element.scrollTop < top) setFollowing(false);
      top = element.scrollTop;
    };
    const observer = new ResizeObserver(() => {
      if (latest.current) toEnd(element);
    });
    // What is not at its end by choice may be so by being short.
    if (isAtEnd(element)) setFollowing(true);
    element.addEventListener('scroll', onScroll, { passive: true });
    // Inside of a container query new heights may come into effect only after the effect above has scrolled.
    for (const child of [element, ...element.children]) observer.observe(child);
    return () => {
      element.removeEventListener('scroll', onScroll);
      observer.disconnect();
    };
  }, [box]);

  const follow = useCallback(() => {
    setFollowing(true);
    toEnd(box.current);
  }, [box]);
  return { following, follow };
}

const isAtEnd = (element: HTMLElement): boolean =>
  element.scrollHeight - element.scrollTop - element.clientHeight <= END_SLACK_PX;

function toEnd(element: HTMLElement | null): void {
  if (element) element.scrollTop = element.scrollHeight;
}
