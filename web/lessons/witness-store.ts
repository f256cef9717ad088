import * as z from 'zod/mini';
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Completion } from '#lessons/runner.ts';

/** Where this browser keeps what was seen when steps turned green. */
export const WITNESS_KEY = 'porthole.seen';

const witnessSchema = z.object({
  facts: z.record(z.string(), z.string()),
  observed: z.record(z.string(), z.nullable(z.string())),
});
const witnessesSchema = z.record(z.string(), z.record(z.string(), witnessSchema));

/** What was seen when a step or an experiment was completed, and how it settled the predictions. */
export type Witness = z.infer<typeof witnessSchema>;
/** Lesson id → step or experiment id → what was seen. */
export type Witnesses = z.infer<typeof witnessesSchema>;

/**
 * Remembers what was seen, beside the progress: in this browser only, for it quotes addresses and what was typed. A step done in
 * another browser is done here too, but says that it was seen there.
 */
export interface WitnessStore {
  readonly store: StoreApi<Witnesses>;
  keep(lesson: string, completion: Completion): void;
  forget(lesson: string): void;
}

/** Begins with what is stored; what cannot be read is let go, for nothing depends on it. */
export function createWitnessStore(storage: Pick<Storage, 'getItem' | 'setItem'>): WitnessStore {
  const store = createStore<Witnesses>(() => restored(storage));
  const change = (witnesses: Witnesses) => {
    store.setState(witnesses, true);
    try {
      storage.setItem(WITNESS_KEY, JSON.stringify(witnesses));
    } catch {
      // Storage is full or blocked: it is remembered until the tab is closed.
    }
  };
  return {
    store,
    keep(lesson, { id, facts, observed }) {
      const witnesses = store.getState();
      change({ ...witnesses, [lesson]: { ...witnesses[lesson], [id]: { facts, observed } } });
    },
    forget(lesson) {
      const { [lesson]: _forgotten, ...rest } = store.getState();
      change(rest);
    },
  };
}

function restored(storage: Pick<Storage, 'getItem'>): Witnesses {
  try {
    const result = witnessesSchema.safeParse(JSON.parse(storage.getItem(WITNESS_KEY) ?? '{}'));
    return result.success ? result.data : {};
  } catch {
    return {};
  }
}
