/** IPv4 headers: RFC 791 §3.1; the DS field: RFC 2474; ECN: RFC 3168. */

/** An IPv4 header's values; lengths and the checksum follow from them and the payload. */
export interface Ipv4Header {
  /** Dotted decimal. */
  readonly source: string;
  readonly destination: string;
  /** Protocol number: 1 ICMP, 6 TCP, 17 UDP (IANA). */
  readonly protocol: number;
  readonly ttl: number;
  readonly identification: number;
  readonly dontFragment: boolean;
  readonly moreFragments: boolean;
  /** Place of this fragment, in octets: a multiple of 8. */
  readonly fragmentOffset: number;
  /** DSCP and ECN together, the second octet of the header. */
  readonly trafficClass: number;
  /** Options as they are, padded to a multiple of 4 octets; usually empty. */
  readonly options: Uint8Array;
}
