import { useEffect, useState } from 'react';
import { useLab } from './lab-context.tsx';

/**
 * The run's turn, at most every so many milliseconds: numbers and plots that change with every frame cannot be read, and
 * drawing them would take the frames away from the ladder. The last change is always shown.
 */
export function useSlowTurn(everyMs: number): number {
  const { store } = useLab();
  const [turn, setTurn] = useState(() => store.getState().turn);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | null = null;
    const show = (): void => {
      timer = null;
      setTurn(store.getState().turn);
    };
    const stop = store.subscribe((now, before) => {
      if (now.turn !== before.turn) timer ??= setTimeout(show, everyMs);
    });
    return () => {
      stop();
      if (timer !== null) clearTimeout(timer);
    };
  }, [store, everyMs]);
  return turn;
}
