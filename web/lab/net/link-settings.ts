/** One direction of the wire, as the learner sets it. */

/** The two hosts of the lab. */
export type HostId = 'a' | 'b';

/** Every fault is decided by dice that the run's seed makes. Rates are probabilities from 0 to 1 a packet. */
export interface LinkSettings {
  /** One-way delay, in microseconds. */
  readonly delayUs: number;
  /** Added to the delay: evenly from 0 to this. Packets keep their order unless `reorder` says otherwise. */
  readonly jitterUs: number;
  /** Bits a second; `null`: without limit. */
  readonly bandwidthBps: number | null;
  /** Octets that may wait for the link; what does not fit is dropped (tail drop). Of no effect without a bandwidth. */
  readonly queueBytes: number;
  readonly loss: number;
  /** Such a packet takes `reorderUs` longer, so that later ones overtake it. */
  readonly reorder: number;
  readonly reorderUs: number;
  /** Such a packet arrives twice. */
  readonly duplicate: number;
  /** One bit of such a packet is turned over. */
  readonly corrupt: number;
  /** Longest packet that the link carries, in octets; a longer one is fragmented, or refused where it may not be. */
  readonly mtu: number;
}

/** A good link: 20 ms, nothing goes wrong. */
export const CLEAN_LINK: LinkSettings = {
  delayUs: 20_000,
  jitterUs: 0,
  bandwidthBps: null,
  queueBytes: 64 * 1024,
  loss: 0,
  reorder: 0,
  reorderUs: 10_000,
  duplicate: 0,
  corrupt: 0,
  mtu: 1500,
};

/** Settings by the host that sends. */
export type WireSettings = Readonly<Record<HostId, LinkSettings>>;
