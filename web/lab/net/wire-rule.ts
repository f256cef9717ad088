/** "Drop the 2nd data segment": what the wire does to chosen packets, counted from the start of the run. */
import type { HostId } from './link-settings.ts';

/** Kinds that a rule can name. `data` carries payload; `syn` is without ACK; `pure-ack` has neither payload nor SYN, FIN, RST. */
export const PACKET_KINDS = [
  'any',
  'syn',
  'syn-ack',
  'data',
  'pure-ack',
  'fin',
  'rst',
  'udp',
  'icmp',
  'fragment',
] as const;

/** Which packets a rule counts. */
export type PacketKind = (typeof PACKET_KINDS)[number];

/** What is done to a packet. */
export type WireDeed =
  | { readonly deed: 'drop' }
  | { readonly deed: 'delay'; readonly byUs: number }
  | { readonly deed: 'duplicate' }
  | { readonly deed: 'corrupt' };

/** Applies to the packets number `nth` to `nth + count - 1` of their kind that `from` sends; the first is 1. */
export interface WireRule {
  readonly from: HostId;
  readonly kind: PacketKind;
  readonly nth: number;
  readonly count: number;
  readonly deed: WireDeed;
}
