import { createContext, type ReactNode, useContext, useEffect } from 'react';
import { useStore } from 'zustand';
import type { Conversation, WireEvent } from '#protocol/wire.ts';
import type { MachineSource, MachineState } from './machine.ts';
import type { Selection, SelectionState } from './selection.ts';
import type { WireSession } from './wire-session.ts';
import type { WireState } from './wire-state.ts';

interface SessionContextValue {
  readonly session: WireSession;
  readonly selection: Selection;
  readonly machine: MachineSource;
  /** What is shown is a recording; default: the wire itself. */
  readonly recorded?: boolean;
}

const SessionContext = createContext<SessionContextValue | null>(null);

/** Props of {@link SessionProvider}. */
export interface SessionProviderProps extends Omit<SessionContextValue, 'recorded'> {
  readonly children: ReactNode;
}

/** Hands the session and the selection to everything below. */
export function SessionProvider({ session, selection, machine, children }: SessionProviderProps) {
  return <SessionContext value={{ session, selection, machine }}>{children}</SessionContext>;
}

/** Shows a recording to everything below, in place of the wire; the live session goes on behind it. */
export function RecordingProvider({ session, selection, children }: Omit<SessionProviderProps, 'machine'>) {
  const { machine } = useSessionContext();
  return <SessionContext value={{ session, selection, machine, recorded: true }}>{children}</SessionContext>;
}

/** Whether what is shown is a recording: nothing in it is live, so there is nothing to run, follow or ask the kernel. */
export function useIsRecording(): boolean {
  return useSessionContext().recorded ?? false;
}

function useSessionContext(): SessionContextValue {
  const value = useContext(SessionContext);
  if (!value) throw new Error('used outside of SessionProvider');
  return value;
}

/** The session itself: `requestPayload`, `watchSockets`, `retryNow`. */
export function useSession(): WireSession {
  return useSessionContext().session;
}

/** Where the selection can be read or changed outside of rendering. */
export function useSelectionStore(): Selection['store'] {
  return useSessionContext().selection.store;
}

/**
 * What `selector` picks of the wire; renders again when that changes. `log`, `conversations` and `payloads` stay the
 * same objects: pick what you need of them (a length, one conversation), or read `revision` too.
 */
export function useWire<T>(selector: (state: WireState) => T): T {
  return useStore(useSessionContext().session.store, selector);
}

/** What `selector` picks of the selection. */
export function useSelection<T>(selector: (state: SelectionState) => T): T {
  return useStore(useSessionContext().selection.store, selector);
}

/** One conversation as it is now; renders again when it changes. */
export function useConversation(id: number | null): Conversation | undefined {
  return useWire(({ conversations }) => (id === null ? undefined : conversations.get(id)));
}

/** Events of one conversation, in order; renders again when there are more. The array stays the same while it grows. */
export function useConversationEvents(id: number | null): readonly WireEvent[] {
  const eventsIn = (state: WireState) => (id === null ? NO_EVENTS : state.log.ofConversation(id));
  useWire((state) => eventsIn(state).length);
  useWire((state) => eventsIn(state).at(-1)?.seq);
  return useWire(eventsIn);
}

const NO_EVENTS: readonly WireEvent[] = [];

/** What is known of the server's machine; asked for the first time somebody uses this. */
export function useMachine(): MachineState {
  const { machine } = useSessionContext();
  useEffect(() => {
    void machine.load();
  }, [machine]);
  return useStore(machine.store);
}
