import { useEffect, useRef } from 'react';

/**
 * Brings the selected row into view when the selection changes, wherever it was made.
 *
 * @param index of the row; -1 for none
 */
export function useScrollTo(index: number, scrollTo: (index: number) => void): void {
  const latest = useRef(scrollTo);
  latest.current = scrollTo;
  useEffect(() => {
    if (index >= 0) latest.current(index);
  }, [index]);
}
