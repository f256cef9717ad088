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
    keep(lesson, { id, facts, observed, evidence, captures }) {
      const witnesses = store.getState();
      change({
        ...witnesses,
        [lesson]: { ...witnesses[lesson], [id]: { facts, observed, evidence: [...evidence], captures } },
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
    const others = Object.entries(tasks).filter(([, { facts }]) => !mayQuote(facts, forgotten));
    return [lesson, Object.fromEntries(others)] as const;
  });
  return Object.fromEntries(kept);
}

/** Where a match has as many conversations as can be named, there may have been more. */
function mayQuote(facts: Witness['facts'], { transport, client, server }: ForgottenEnds): boolean {
  const suffixes = Array.from({ length: MAX_MATCH_CONVERSATIONS }, (_, index) => (index === 0 ? '' : `-${index + 1}`));
  const isThis = (suffix: string) =>
    facts[`transport${suffix}`] === transport.toUpperCase() &&
    facts[`client${suffix}`] === formatEndpoint(client) &&
    facts[`server${suffix}`] === formatEndpoint(server);
  return `client-${MAX_MATCH_CONVERSATIONS}` in facts || suffixes.some(isThis);
}

function restored(stored: () => string | null): Witnesses {
  try {
    const result = witnessesSchema.safeParse(JSON.parse(stored() ?? '{}'));
    return result.success ? result.data : {};
  } catch {
    return {};
  }
}
