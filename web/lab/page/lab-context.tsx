import { createContext, type ReactNode, useContext } from 'react';
import { useStore } from 'zustand';
import type { LabDesk } from './lab-desk.ts';
import type { LabSession, LabState } from './lab-session.ts';

const LabContext = createContext<LabDesk | null>(null);

/** Hands the lab to everything below. */
export function LabProvider({ desk, children }: { readonly desk: LabDesk; readonly children: ReactNode }) {
  return <LabContext value={desk}>{children}</LabContext>;
}

/** The lab's desk. Throws outside of the lab's page. */
export function useDesk(): LabDesk {
  const desk = useContext(LabContext);
  if (!desk) throw new Error('used outside of LabProvider');
  return desk;
}

/** The run that is shown, and what can be done with it. */
export function useLab(): LabSession {
  return useDesk().session;
}

/** A part of the lab's state; the component is drawn again when it changes. */
export function useLabState<T>(part: (state: LabState) => T): T {
  return useStore(useLab().store, part);
}
