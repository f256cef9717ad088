import { type RefObject, useEffect, useLayoutEffect, useRef } from 'react';

/** Share of the window's height at which the line of now is held. */
const HOLD_AT = 0.82;
/** So near to the line the learner is taken to follow it. */
const NEAR_PX = 160;

/** Keeps the line of now in view, until the learner scrolls away from it; scrolling back to it follows it again. */
export function useFollowNow(box: RefObject<HTMLElement | null>, nowY: number, height: number): void {
  const following = useRef(true);
  const now = useRef(nowY);
  now.current = nowY;
  // Told of our own scrolling only later, when time may have run on: that is not the learner leaving.
  const own = useRef(0);
  useEffect(() => {
    const element = box.current;
    if (!element) return;
    const note = () => {
      if (Math.abs(element.scrollTop - own.current) < 1) return;
      const bottom = element.scrollTop + element.clientHeight;
      following.current = now.current >= element.scrollTop - NEAR_PX && now.current <= bottom + NEAR_PX;
    };
    element.addEventListener('scroll', note, { passive: true });
    return () => element.removeEventListener('scroll', note);
  }, [box]);
  useLayoutEffect(() => {
    const element = box.current;
    if (!element || !following.current || height === 0) return;
    const wanted = nowY - element.clientHeight * HOLD_AT;
    const isAbove = nowY < element.scrollTop + 40;
    if (wanted <= element.scrollTop && !isAbove) return;
    element.scrollTop = Math.max(0, wanted);
    own.current = element.scrollTop;
  }, [box, nowY, height]);
}
