import { useStore } from 'zustand';
import type { WireSession } from '../session/wire-session.ts';
import { browserStorage } from './browser-storage.ts';
import { createWitnessStore, WITNESS_KEY, type Witnesses, type WitnessStore } from './witness-store.ts';

let witnessStore: WitnessStore | null = null;

/** What this browser has seen of steps turning green, made when it is first asked for, and the same in every tab. */
export function browserWitnesses(): WitnessStore {
  if (witnessStore) return witnessStore;
  const made = createWitnessStore(browserStorage);
  witnessStore = made;
  window.addEventListener('storage', (event) => {
    if (event.key === WITNESS_KEY || event.key === null) made.absorb(event.newValue);
  });
  return made;
}

/** What was seen in one lesson; renders again when that changes. */
export function useWitnesses(lesson: string): Witnesses[string] | undefined {
  return useStore(browserWitnesses().store, (witnesses) => witnesses[lesson]);
}

/** From now on, lessons forget what the journal forgets, whichever page is shown. */
export function forgetWithJournal(store: WireSession['store']): void {
  store.subscribe(({ forgotten }, before) => {
    if (forgotten && forgotten !== before.forgotten) browserWitnesses().forgetWire(forgotten.what);
  });
}
