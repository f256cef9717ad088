import { createContext, type ReactNode, useContext } from 'react';
import { useStore } from 'zustand';
import type { ViewState, ViewStore } from './view-store.ts';

const ViewContext = createContext<ViewStore | null>(null);

/** Hands one workbench's view to its parts. */
export function ViewProvider({ store, children }: { readonly store: ViewStore; readonly children: ReactNode }) {
  return <ViewContext value={store}>{children}</ViewContext>;
}

/** The view itself, to change it. */
export function useViewStore(): ViewStore {
  const store = useContext(ViewContext);
  if (!store) throw new Error('used outside of a workbench');
  return store;
}

/** What `selector` picks of the view. */
export function useView<T>(selector: (state: ViewState) => T): T {
  return useStore(useViewStore(), selector);
}
