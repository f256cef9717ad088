import type { StoreApi } from 'zustand/vanilla';
import type { Payloads } from '#lessons/payloads.ts';
import type { WireEvent } from '#protocol/wire.ts';
import type { WireProblem, WireState } from '../session/wire-state.ts';

/** Newer events that may wait for the octets of one; past it that one is judged by its preview. */
export const MAX_WAITING_EVENTS = 2_000;

/** The octets of longer events, asked for where a check looks at them. */
export interface EventPayloads extends Payloads {
  /** Events up to `seq` have been judged. */
  passed(seq: number): void;
}

/** @param request asks the server for the octets of one event, unless that is under way. */
export function eventPayloads(
  wire: Pick<StoreApi<WireState>, 'getState'>,
  request: (seq: number) => void,
): EventPayloads {
  /** What was asked for, and the newest refusal at that moment: a newer one may have been about this. */
  const asked = new Map<number, WireProblem | null>();
  return {
    get({ seq }: WireEvent) {
      const { payloads, log, problem } = wire.getState();
      const payload = payloads.get(seq);
      if (payload !== undefined) return payload;
      if (log.lastSeq - seq > MAX_WAITING_EVENTS) return null;
      if (asked.has(seq) && asked.get(seq) !== problem) return null;
      asked.set(seq, problem);
      request(seq);
      return undefined;
    },
    passed(upTo) {
      for (const seq of asked.keys()) if (seq <= upTo) asked.delete(seq);
    },
  };
}
