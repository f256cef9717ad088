import { type RefObject, useLayoutEffect, useState } from 'react';

/** Whether an element is at least `minPx` wide, as it is now. */
export function useWidth(element: RefObject<HTMLElement | null>, minPx: number): boolean {
  const [wide, setWide] = useState(true);
  useLayoutEffect(() => {
    const box = element.current;
    if (!box) return;
    const look = () => setWide(box.clientWidth >= minPx);
    look();
    const observer = new ResizeObserver(look);
    observer.observe(box);
    return () => observer.disconnect();
  }, [element, minPx]);
  return wide;
}
