import * as z from 'zod/mini';
import { createStore, type StoreApi } from 'zustand/vanilla';
import { MAX_MATCH_CONVERSATIONS } from '#lessons/match.ts';
import type { Completion } from '#lessons/runner.ts';
import { formatEndpoint } from '#protocol/address.ts';
import { evidenceSchema } from '#protocol/wire.ts';
import type { Forgotten } from '#protocol/wire-messages.ts';

/** Where this browser keeps what was seen when steps turned green. */
export const WITNESS_KEY = 'porthole.seen';

const witnessSchema = z.object({
  facts: z.record(z.string(), z.string()),
  observed: z.record(z.string(), z.nullable(z.string())),
  /** Client ends of the conversations it is about; absent of what was seen before this was kept, whose facts name them. */
  clients: z.optional(z.array(z.string())),
  /** How it is known, and whether packets were captured; absent of what was seen before this was kept. */
  evidence: z.optional(z.array(evidenceSchema)),
  captures: z.optional(z.boolean()),
});
const witnessesSchema = z.record(z.string(), z.record(z.string(), witnessSchema));

/** What was seen when a step or an experiment was completed, and how it settled the predictions. */
export type Witness = z.infer<typeof witnessSchema>;
/** Lesson id → step or experiment id → what was seen. */
export type Witnesses = z.infer<typeof witnessesSchema>;

type ForgottenEnds = Exclude<Forgotten, 'all'>;

/**
 * Remembers what was seen, beside the progress: in this browser only, for it quotes addresses and what was typed. A step done in
 * another browser is done here too, but says that it was seen there.
 */
export interface WitnessStore {
  readonly store: StoreApi<Witnesses>;
  keep(lesson: string, completion: Completion): void;
  /** Everything that was seen in one lesson. */
  forget(lesson: string): void;
  /** Whatever quotes a conversation that the journal has forgotten, or everything. */
  forgetWire(forgotten: Forgotten): void;
  /** What another tab stored: it is all there is, so that what is forgotten there is forgotten here. */
  absorb(stored: string | null): void;
}

/** Begins with what is stored; what cannot be read is let go, for nothing depends on it. */
export function createWitnessStore(storage: Pick<Storage, 'getItem' | 'setItem'>): WitnessStore {
  const store = createStore<Witnesses>(() => restored(() => storage.getItem(WITNESS_KEY)));
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
    keep(lesson, { id, facts, clients, observed, evidence, captures }) {
      const witnesses = store.getState();
      change({
        ...witnesses,
        [lesson]: {
          ...witnesses[lesson],
          [id]: { facts, clients: [...clients], observed, evidence: [...evidence], captures },
        },
      });
    },
    forget(lesson) {
      const { [lesson]: _forgotten, ...rest } = store.getState();
      change(rest);
    },
    forgetWire(forgotten) {
      change(forgotten === 'all' ? {} : withoutQuotes(store.getState(), forgotten));
    },
    absorb(stored) {
      store.setState(
        restored(() => stored),
        true,
      );
    },
  };
}

function withoutQuotes(witnesses: Witnesses, forgotten: ForgottenEnds): Witnesses {
  const kept = Object.entries(witnesses).map(([lesson, tasks]) => {
    const others = Object.entries(tasks).filter(([, witness]) => !mayQuote(witness, forgotten));
    return [lesson, Object.fromEntries(others)] as const;
  });
  return Object.fromEntries(kept);
}

/** Where as many clients are named as can be, there may have been more. A row of the socket table names its ends in words. */
function mayQuote({ facts, clients = [] }: Witness, { client }: ForgottenEnds): boolean {
  const named = [...clients, ...Object.values(facts).flatMap((value) => value.split(' '))];
  return clients.length >= MAX_MATCH_CONVERSATIONS || named.includes(formatEndpoint(client));
}

function restored(stored: () => string | null): Witnesses {
  try {
    const result = witnessesSchema.safeParse(JSON.parse(stored() ?? '{}'));
    return result.success ? result.data : {};
  } catch {
    return {};
  }
}
