import type { SeededDice } from '#packets/seeded-dice.ts';
import type { RelayFaults } from '#protocol/relay.ts';
import { Counts } from './counts.ts';
import { diceOf } from './dice.ts';
import type { RelayTimer } from './timer.ts';

/** What every conversation of one relay shares; `faults` is what is switched while they run. */
export class RelayState<Faults extends RelayFaults> {
  readonly seed: number;
  readonly timer: RelayTimer;
  readonly toServer = new Counts();
  readonly toClient = new Counts();
  faults: Faults;
  live = 0;
  total = 0;
  failed = 0;
  /** errno name of the latest connection that its target did not take. */
  lastFailure: string | null = null;

  constructor(seed: number, timer: RelayTimer, faults: Faults) {
    this.seed = seed;
    this.timer = timer;
    this.faults = faults;
  }

  /** Counts a conversation in, and gives the dice of its two directions. */
  begin(): { readonly toServer: SeededDice; readonly toClient: SeededDice } {
    const nth = this.total;
    this.total += 1;
    this.live += 1;
    return { toServer: diceOf(this.seed, nth, 'to-server'), toClient: diceOf(this.seed, nth, 'to-client') };
  }

  end(): void {
    this.live -= 1;
  }

  fail(code: string): void {
    this.failed += 1;
    this.lastFailure = code;
  }
}
