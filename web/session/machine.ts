import { createStore, type StoreApi } from 'zustand/vanilla';
import { type Machine, machineSchema } from '#protocol/demos.ts';

/** What is known of the machine that the server runs on. */
export interface MachineState {
  /** - `loading`: not asked yet, or no answer yet; `failed`: the answer did not come or made no sense. */
  readonly status: 'loading' | 'known' | 'failed';
  readonly machine: Machine | null;
}

/** `GET /api/machine`, asked once somebody wants to know. */
export interface MachineSource {
  readonly store: StoreApi<MachineState>;
  /** Asks, unless it is known or being asked; after a failure it asks again. */
  load(): Promise<void>;
}

/** @param fetch the browser's, or a fake */
export function createMachineSource(fetch: (path: string) => Promise<Response>): MachineSource {
  const store = createStore<MachineState>(() => ({ status: 'loading', machine: null }));
  let asking: Promise<void> | null = null;
  const ask = async () => {
    try {
      const response = await fetch('/api/machine');
      const answer = machineSchema.safeParse(await response.json());
      store.setState(
        response.ok && answer.success ? { status: 'known', machine: answer.data } : { status: 'failed', machine: null },
      );
    } catch {
      // No network, no JSON: for the page both are "not known", and it says so.
      store.setState({ status: 'failed', machine: null });
    }
    if (store.getState().status === 'failed') asking = null;
  };
  return {
    store,
    load() {
      asking ??= ask();
      return asking;
    },
  };
}
