import type { SeededDice } from '#packets/seeded-dice.ts';
import type { UdpFaults } from '#protocol/relay.ts';
import type { Counts } from './counts.ts';
import { MAX_HELD_DATAGRAMS, REORDER_HOLD_MS } from './limits.ts';
import type { RelayTimer } from './timer.ts';

/** What one direction of a relayed UDP flow is made of. */
export interface DatagramPumpOptions {
  readonly send: (bytes: Uint8Array) => void;
  /** The faults of this moment. */
  readonly faults: () => UdpFaults;
  readonly dice: SeededDice;
  readonly timer: RelayTimer;
  readonly counts: Counts;
}

/**
 * One direction of a relayed UDP flow. Each datagram takes its own time, so jitter may reorder them, as a network may.
 * The dice are thrown in the same order for every datagram, whichever faults are on.
 */
export class DatagramPump {
  readonly #options: DatagramPumpOptions;
  readonly #timers = new Set<() => void>();
  /** Held back until another datagram has gone by. */
  #overtaken: { readonly send: () => void } | null = null;

  constructor(options: DatagramPumpOptions) {
    this.#options = options;
  }

  take(bytes: Uint8Array): void {
    const { lossRate, jitterMs, delayMs, reorderRate, duplicateRate, corruptRate } = this.#options.faults();
    const { dice, counts } = this.#options;
    const roll = () => dice.throw();
    const [lost, held, twice, corrupt, flipped, late] = [roll(), roll(), roll(), roll(), roll(), roll()];
    if (lost < lossRate) {
      counts.dropped(bytes.length);
      return;
    }
    const payload = corrupt < corruptRate ? withFlippedBit(bytes, flipped) : bytes;
    const waitMs = delayMs + late * jitterMs;
    if (held < reorderRate && this.#overtaken === null) this.#holdBack(payload, waitMs);
    else {
      this.#later(payload, waitMs);
      this.#letGo();
    }
    if (twice < duplicateRate) this.#later(payload, waitMs);
  }

  /** Lets go of timers and of what is held. */
  stop(): void {
    for (const callOff of this.#timers) callOff();
    this.#timers.clear();
    this.#overtaken = null;
  }

  #holdBack(bytes: Uint8Array, waitMs: number): void {
    const held = { send: () => this.#later(bytes, waitMs) };
    this.#overtaken = held;
    this.#after(REORDER_HOLD_MS, () => {
      if (this.#overtaken === held) this.#letGo();
    });
  }

  /** The datagram that was held back goes, behind the one that has just gone. */
  #letGo(): void {
    const held = this.#overtaken;
    this.#overtaken = null;
    held?.send();
  }

  #later(bytes: Uint8Array, waitMs: number): void {
    if (waitMs <= 0) this.#send(bytes);
    else if (this.#timers.size >= MAX_HELD_DATAGRAMS) this.#options.counts.dropped(bytes.length);
    else {
      // The buffer belongs to whoever received it.
      const kept = new Uint8Array(bytes);
      this.#after(waitMs, () => this.#send(kept));
    }
  }

  #send(bytes: Uint8Array): void {
    this.#options.counts.sent(bytes.length);
    this.#options.send(bytes);
  }

  #after(waitMs: number, run: () => void): void {
    const { timer } = this.#options;
    const callOff = timer.at(timer.now() + waitMs, () => {
      this.#timers.delete(callOff);
      run();
    });
    this.#timers.add(callOff);
  }
}

/** A copy with one bit changed; `where` from 0 to 1 says which. An empty datagram has none. */
function withFlippedBit(bytes: Uint8Array, where: number): Uint8Array {
  const copy = new Uint8Array(bytes);
  const bit = Math.floor(where * bytes.length * 8);
  const at = bit >> 3;
  if (at < copy.length) copy[at] = (copy[at] ?? 0) ^ (1 << (bit & 7));
  return copy;
}
