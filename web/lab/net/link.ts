/** One direction of the wire: says when a packet arrives, if it does. Nothing is carried here, only decided. */

import type { SeededDice } from '#packets/seeded-dice.ts';
import type { SimTime } from '../stack/time.ts';
import type { LinkSettings } from './link-settings.ts';
import type { LossCause } from './packet-record.ts';
import type { WireDeed } from './wire-rule.ts';

/** When a copy arrives, and which of its bits is turned over (counted from the first of the packet), if one is. */
export interface PlannedArrival {
  readonly at: SimTime;
  readonly flippedBit: number | null;
}

/** What becomes of a packet. */
export interface Fate {
  readonly departedAt: SimTime;
  readonly arrivals: readonly PlannedArrival[];
  readonly lost: { readonly at: SimTime; readonly cause: LossCause } | null;
}

/** One packet's dice. All are thrown for every packet: changing one rate leaves the other accidents as they were. */
interface Throws {
  readonly loss: number;
  readonly duplicate: number;
  readonly corrupt: number;
  readonly bit: number;
  readonly reorder: number;
  readonly jitter: number;
}

const MICROSECONDS_A_SECOND = 1_000_000;
const BITS_AN_OCTET = 8;

/** What one host's packets go through. */
export class Link {
  settings: LinkSettings;
  readonly #dice: SeededDice;
  /** When the last bit of what was sent so far is on the link. */
  #busyUntil: SimTime;
  /** Arrival of the last packet that kept its place. */
  #lastArrival: SimTime;

  constructor(settings: LinkSettings, dice: SeededDice, busyUntil: SimTime = 0, lastArrival: SimTime = 0) {
    this.settings = settings;
    this.#dice = dice;
    this.#busyUntil = busyUntil;
    this.#lastArrival = lastArrival;
  }

  clone(): Link {
    return new Link(this.settings, this.#dice.clone(), this.#busyUntil, this.#lastArrival);
  }

  /** Decides about a packet of `length` octets that is sent now; `deeds` are what rules want done to it. */
  send(now: SimTime, length: number, deeds: readonly WireDeed[]): Fate {
    const throws = this.#throwAll();
    const { settings } = this;
    if (length > settings.mtu) return { departedAt: now, arrivals: [], lost: { at: now, cause: 'mtu' } };
    if (this.#queued(now) + length > this.#room(now))
      return { departedAt: now, arrivals: [], lost: { at: now, cause: 'queue' } };
    const departedAt = this.#depart(now, length);
    const cause = deeds.some(({ deed }) => deed === 'drop') ? 'rule' : throws.loss < settings.loss ? 'dice' : null;
    if (cause) return { departedAt, arrivals: [], lost: { at: departedAt + Math.round(settings.delayUs / 2), cause } };
    const at = this.#arrive(departedAt, throws, deeds);
    const corrupt = deeds.some(({ deed }) => deed === 'corrupt') || throws.corrupt < settings.corrupt;
    const first = { at, flippedBit: corrupt ? Math.floor(throws.bit * length * BITS_AN_OCTET) : null };
    const twice = deeds.some(({ deed }) => deed === 'duplicate') || throws.duplicate < settings.duplicate;
    return { departedAt, arrivals: twice ? [first, { at, flippedBit: null }] : [first], lost: null };
  }

  #throwAll(): Throws {
    const dice = this.#dice;
    return {
      loss: dice.throw(),
      duplicate: dice.throw(),
      corrupt: dice.throw(),
      bit: dice.throw(),
      reorder: dice.throw(),
      jitter: dice.throw(),
    };
  }

  /** Octets that wait for the link or are being put on it. */
  #queued(now: SimTime): number {
    const { bandwidthBps } = this.settings;
    if (bandwidthBps === null || this.#busyUntil <= now) return 0;
    return ((this.#busyUntil - now) * bandwidthBps) / (BITS_AN_OCTET * MICROSECONDS_A_SECOND);
  }

  /** An idle link takes any packet. */
  #room(now: SimTime): number {
    return this.#queued(now) === 0 ? Number.POSITIVE_INFINITY : this.settings.queueBytes;
  }

  #depart(now: SimTime, length: number): SimTime {
    const { bandwidthBps } = this.settings;
    if (bandwidthBps === null) return now;
    const takes = (length * BITS_AN_OCTET * MICROSECONDS_A_SECOND) / bandwidthBps;
    this.#busyUntil = Math.max(now, this.#busyUntil) + Math.ceil(takes);
    return this.#busyUntil;
  }

  /** Packets keep their order, but for those that are to be late. */
  #arrive(departedAt: SimTime, throws: Throws, deeds: readonly WireDeed[]): SimTime {
    const { settings } = this;
    const byRule = deeds.reduce((sum, deed) => sum + (deed.deed === 'delay' ? deed.byUs : 0), 0);
    const late = byRule + (throws.reorder < settings.reorder ? settings.reorderUs : 0);
    const at = departedAt + settings.delayUs + Math.floor(throws.jitter * (settings.jitterUs + 1));
    const inOrder = Math.max(at, this.#lastArrival);
    if (late > 0) return inOrder + late;
    this.#lastArrival = inOrder;
    return inOrder;
  }
}
