/** Counts packets for the rules and says which apply to one. */
import type { HostId } from './link-settings.ts';
import { kindOf } from './packet-kind.ts';
import type { WireDeed, WireRule } from './wire-rule.ts';

/** The rules of one run, with their counts. */
export class RuleBook {
  readonly #rules: readonly WireRule[];
  /** How many packets each rule has counted. */
  readonly #counts: number[];

  constructor(rules: readonly WireRule[], counts: readonly number[] = rules.map(() => 0)) {
    this.#rules = rules;
    this.#counts = [...counts];
  }

  clone(): RuleBook {
    return new RuleBook(this.#rules, this.#counts);
  }

  /** What is to be done to a packet that `from` sends; it is counted. */
  deedsFor(from: HostId, bytes: Uint8Array): readonly WireDeed[] {
    if (this.#rules.length === 0) return NONE;
    const kind = kindOf(bytes);
    const deeds: WireDeed[] = [];
    for (const [index, rule] of this.#rules.entries()) {
      if (rule.from !== from || (rule.kind !== 'any' && rule.kind !== kind)) continue;
      const number = (this.#counts[index] ?? 0) + 1;
      this.#counts[index] = number;
      if (number >= rule.nth && number < rule.nth + rule.count) deeds.push(rule.deed);
    }
    return deeds;
  }
}

const NONE: readonly WireDeed[] = [];
