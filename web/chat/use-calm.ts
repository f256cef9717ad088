import { useEffect, useState } from 'react';
import type { StoreApi } from 'zustand/vanilla';
import { calmFrames } from './calm-frames.ts';

/** The state of a store as it was at the last drawing: in a flood nothing is drawn that nobody could see. */
export function useCalm<T>(store: StoreApi<T>): T {
  const [state, setState] = useState(() => store.getState());
  useEffect(() => {
    let cancel: (() => void) | null = null;
    const show = (): void => {
      cancel = null;
      setState(store.getState());
    };
    const stop = store.subscribe(() => {
      cancel ??= calmFrames(show);
    });
    show();
    return () => {
      stop();
      cancel?.();
    };
  }, [store]);
  return state;
}
