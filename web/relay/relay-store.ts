import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Relay, RelayFaults, RelayRequest } from '#protocol/relay.ts';
import type { Answer } from '../session/json-api.ts';
import type { RelayClient } from './relay-client.ts';

/** What the page knows of the relays. */
export interface RelayState {
  /** Running relays by age; `null` until the first answer. */
  readonly relays: readonly Relay[] | null;
  /** Why the newest answer is missing; `null` when it came. */
  readonly problem: string | null;
}

/** How often the counts are asked for while somebody looks, in milliseconds. */
const POLL_MS = 1_000;

/** The relays of the server, asked for only while somebody watches. */
export interface RelayDesk {
  readonly store: StoreApi<RelayState>;
  /** Asks now and then every POLL_MS, until the function that it returns is called. */
  watch(): () => void;
  /** A reason when it could not be done, else `null`. */
  add(request: RelayRequest): Promise<string | null>;
  setFaults(id: number, faults: RelayFaults): Promise<string | null>;
  remove(id: number): Promise<string | null>;
}

/** @param every calls back at that interval and returns what stops it */
export function createRelayDesk(client: RelayClient, every: (ms: number, run: () => void) => () => void): RelayDesk {
  const store = createStore<RelayState>(() => ({ relays: null, problem: null }));
  const refresh = async (): Promise<void> => {
    const answer = await client.list();
    store.setState(answer.ok ? { relays: answer.value, problem: null } : { problem: answer.reason });
  };
  const told = async (answer: Promise<Answer<unknown>>): Promise<string | null> => {
    const { ok, ...rest } = await answer;
    await refresh();
    return ok ? null : 'reason' in rest ? rest.reason : '';
  };
  return {
    store,
    watch: () => {
      void refresh();
      return every(POLL_MS, () => void refresh());
    },
    add: (request) => told(client.add(request)),
    setFaults: (id, faults) => {
      // Shown at once; the next answer says what the server made of it.
      const { relays } = store.getState();
      if (relays) store.setState({ relays: relays.map((each) => (each.id === id ? { ...each, faults } : each)) });
      return told(client.setFaults(id, faults));
    },
    remove: (id) => told(client.remove(id)),
  };
}
