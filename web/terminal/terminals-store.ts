import { useStore } from 'zustand';
import type { StoreApi } from 'zustand/vanilla';
import { systemClock } from '../session/clock.ts';
import { socketUrl, webSocketLinks } from '../session/wire-link.ts';
import { sessionMemory } from './memory.ts';
import { createTerminals, type Terminals, type TerminalsState } from './terminals.ts';

/** The terminals of this page. They outlive the panel: going from lesson to lesson keeps them. */
export const terminals: Terminals = createTerminals({
  open: (handlers) => webSocketLinks(socketUrl('/ws/terminal', window.location))(handlers),
  clock: systemClock,
  random: Math.random,
  memory: sessionMemory,
});

/** List, active one, and what runs. */
export const terminalsStore: StoreApi<TerminalsState> = terminals.store;

/** Types `command` and Enter in the active terminal if it is idle, else in an idle one, else in a new one. */
export function runCommand(command: string): void {
  terminals.run(command);
}

/** What `selector` picks of the terminals; renders again when that changes. */
export function useTerminals<T>(selector: (state: TerminalsState) => T): T {
  return useStore(terminalsStore, selector);
}
