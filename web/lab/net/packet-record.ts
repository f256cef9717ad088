/** A packet of the lab and all that became of it. */
import type { Because } from '../stack/because.ts';
import type { SimTime } from '../stack/time.ts';
import type { HostId } from './link-settings.ts';

/** What made a packet get lost. */
export type LossCause = 'dice' | 'rule' | 'hand' | 'queue' | 'mtu';

/** One copy's arrival. */
export interface Arrival {
  readonly at: SimTime;
  /** What came out of the wire: `null` where it is what went in; a copy where a bit was turned over. */
  readonly damaged: Uint8Array | null;
  /** Whether the host has it by now; else it is still in flight. */
  readonly done: boolean;
  /** Why the receiving host ignored it (`checksum`, `paws` …); `null` where it did not, or not yet. */
  readonly discarded: string | null;
}

/** Times in microseconds of the run. */
export interface PacketRecord {
  /** From 0, in the order of sending. */
  readonly id: number;
  readonly from: HostId;
  readonly sentAt: SimTime;
  /** When its last bit was on the link; later than `sentAt` where it had to queue. */
  readonly departedAt: SimTime;
  readonly bytes: Uint8Array;
  readonly because: Because;
  /** Connection number on its sender; `null` of UDP and ICMP. */
  readonly connection: number | null;
  /** None: lost, or not decided. Two: duplicated. */
  readonly arrivals: readonly Arrival[];
  readonly lost: { readonly at: SimTime; readonly cause: LossCause } | null;
  /** Whether a packet that was sent later arrives earlier. */
  readonly overtaken: boolean;
}
