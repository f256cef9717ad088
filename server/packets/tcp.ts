/** TCP segments: RFC 9293 §3.1 (header), §3.2 (options); RFC 7323 (window scale, timestamps); RFC 2018 (SACK). */

/** Control bits, as they lie in octet 13 of the header. RFC 9293 §3.1; ECE and CWR: RFC 3168 §6.1. */
export const TCP_FLAGS = {
  fin: 0x01,
  syn: 0x02,
  rst: 0x04,
  psh: 0x08,
  ack: 0x10,
  urg: 0x20,
  ece: 0x40,
  cwr: 0x80,
} as const;

/** Octets `left` (included) to `right` (excluded) of sequence space that arrived out of order. RFC 2018 §3. */
export interface SackBlock {
  readonly left: number;
  readonly right: number;
}

/** One option; numbers are unsigned and in host order. */
export type TcpOption =
  | { readonly kind: 'end' }
  | { readonly kind: 'nop' }
  | { readonly kind: 'mss'; readonly octets: number }
  | { readonly kind: 'window-scale'; readonly shift: number }
  | { readonly kind: 'sack-permitted' }
  | { readonly kind: 'sack'; readonly blocks: readonly SackBlock[] }
  | { readonly kind: 'timestamps'; readonly value: number; readonly echo: number }
  /** Anything else, also a known number with a wrong length: kept as it came. */
  | { readonly kind: 'unknown'; readonly number: number; readonly data: Uint8Array };

/** A TCP header's values. Sequence numbers are unsigned 32-bit, the window as it is on the wire (unscaled). */
export interface TcpHeader {
  readonly sourcePort: number;
  readonly destinationPort: number;
  readonly sequence: number;
  readonly acknowledgment: number;
  /** Sum of TCP_FLAGS. */
  readonly flags: number;
  readonly window: number;
  readonly urgentPointer: number;
  readonly options: readonly TcpOption[];
}
