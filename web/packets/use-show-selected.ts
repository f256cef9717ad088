import type { Virtualizer } from '@tanstack/react-virtual';
import { useEffect } from 'react';
import type { FollowEnd } from '../workbench/use-follow-end.ts';

/**
 * Keeps the chosen row in view: when it is chosen, and when the box becomes lower, as it does for the first packet that
 * is chosen. The end is not followed then.
 *
 * @param index of the row; -1 for none
 */
export function useShowSelected(
  index: number,
  virtual: Virtualizer<HTMLDivElement, Element>,
  { stop }: Pick<FollowEnd, 'stop'>,
): void {
  const heightPx = virtual.scrollRect?.height;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the box's height is a reason, the virtualizer is none
  useEffect(() => {
    if (index < 0) return;
    stop();
    virtual.scrollToIndex(index, { align: 'auto' });
  }, [index, heightPx, stop]);
}
