/** The lab's wire between a lab host and the kernel, on the clock on the wall. */
import { SeededDice } from '#packets/seeded-dice.ts';
import { Link } from '../../web/lab/net/link.ts';
import { CLEAN_LINK, type LinkSettings } from '../../web/lab/net/link-settings.ts';

/** Towards the lab host, or towards the kernel. */
export type WireDirection = 'to-lab' | 'to-kernel';

/** Whether a packet is kept back; it never arrives. */
export type Withhold = (direction: WireDirection, packet: Uint8Array) => boolean;

const MICROSECONDS_A_MILLISECOND = 1_000;

/** Nothing goes wrong, and nothing is slow. */
const DIRECT: LinkSettings = { ...CLEAN_LINK, delayUs: 0, reorderUs: 4_000 };

/** Counts of packets. */
export interface WireCounts {
  carried: number;
  lost: number;
  duplicated: number;
  withheld: number;
}

/** Both directions; a clean wire until faults are set. */
export class RealTimeWire {
  readonly counts: WireCounts = { carried: 0, lost: 0, duplicated: 0, withheld: 0 };
  #withhold: Withhold = () => false;
  readonly #links: Record<WireDirection, Link>;
  readonly #deliver: Record<WireDirection, (packet: Uint8Array) => void>;
  readonly #startedMs = performance.now();

  constructor(deliver: Record<WireDirection, (packet: Uint8Array) => void>) {
    this.#deliver = deliver;
    this.#links = { 'to-lab': new Link(DIRECT, new SeededDice(1)), 'to-kernel': new Link(DIRECT, new SeededDice(2)) };
  }

  /** From now on packets suffer this, in both directions; the dice begin anew with the seed. */
  set(settings: Partial<LinkSettings>, seed = 1): void {
    this.#links['to-lab'] = new Link({ ...DIRECT, ...settings }, new SeededDice(seed));
    this.#links['to-kernel'] = new Link({ ...DIRECT, ...settings }, new SeededDice(seed + 1));
    this.#withhold = () => false;
  }

  withhold(which: Withhold): void {
    this.#withhold = which;
  }

  send(direction: WireDirection, packet: Uint8Array): void {
    if (this.#withhold(direction, packet)) {
      this.counts.withheld += 1;
      return;
    }
    const nowUs = (performance.now() - this.#startedMs) * MICROSECONDS_A_MILLISECOND;
    const { arrivals } = this.#links[direction].send(nowUs, packet.length, []);
    this.counts.carried += arrivals.length > 0 ? 1 : 0;
    this.counts.lost += arrivals.length === 0 ? 1 : 0;
    this.counts.duplicated += arrivals.length > 1 ? 1 : 0;
    for (const { at } of arrivals) this.#carry(direction, packet, (at - nowUs) / MICROSECONDS_A_MILLISECOND);
  }

  #carry(direction: WireDirection, packet: Uint8Array, delayMs: number): void {
    if (delayMs < 1) this.#deliver[direction](packet);
    else setTimeout(() => this.#deliver[direction](packet), delayMs);
  }
}
