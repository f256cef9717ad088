/** ICMP messages: RFC 792; ICMPv6: RFC 4443. */

/** An ICMP message's values. `body` is what follows the first four octets: 4 octets of "rest of header", then data. */
export interface IcmpHeader {
  readonly type: number;
  readonly code: number;
  readonly body: Uint8Array;
}
