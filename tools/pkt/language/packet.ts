/** The packets of a script: what is put on the wire (`<`) and what is expected to be sent (`>`). */
import type { Place } from './problem.ts';

/** `in`: towards the host under test. */
export type Direction = 'in' | 'out';

/** A number that may also be left open: `...`. */
export type OrAny<Value> = Value | 'any';

/** One TCP option as a script says it; sequence numbers are relative. */
export type OptionSpec =
  | { readonly kind: 'nop' }
  | { readonly kind: 'eol' }
  | { readonly kind: 'mss'; readonly octets: number }
  | { readonly kind: 'wscale'; readonly shift: number }
  | { readonly kind: 'sackOK' }
  | { readonly kind: 'sack'; readonly blocks: readonly { readonly left: number; readonly right: number }[] }
  | { readonly kind: 'TS'; readonly value: OrAny<number>; readonly echo: OrAny<number> }
  /** By its number; `name` is what the script calls it. */
  | { readonly kind: 'other'; readonly name: string; readonly number: number; readonly data: Uint8Array };

/** What may be said of the IP header. `ecn`: the last two bits of the traffic class; `ect01`: either ECT code point. */
export interface IpSpec {
  readonly ecn: number | 'ect01' | null;
  readonly trafficClass: number | null;
  readonly ttl: number | null;
}

/** `null` in ports: those of the connection. */
export interface PortsSpec {
  readonly source: number;
  readonly destination: number;
}

/** A segment as a script writes it; numbers are counted from the beginning of the connection. */
export interface TcpSpec {
  readonly protocol: 'tcp';
  readonly ports: PortsSpec | null;
  /** Sum of TCP_FLAGS. */
  readonly flags: number;
  readonly sequence: number;
  readonly payloadOctets: number;
  /** `null`: none is said. */
  readonly acknowledgment: number | null;
  readonly window: number | null;
  readonly urgentPointer: number;
  /** `any`: `<...>`. */
  readonly options: OrAny<readonly OptionSpec[]>;
}

/** A datagram as a script writes it. */
export interface UdpSpec {
  readonly protocol: 'udp';
  readonly ports: PortsSpec | null;
  readonly payloadOctets: number;
}

/** The beginning of the packet that an ICMP error quotes. */
export type QuotedSpec =
  | { readonly protocol: 'tcp'; readonly sequence: number; readonly payloadOctets: number }
  | { readonly protocol: 'udp'; readonly payloadOctets: number };

/** An ICMP message as a script writes it. */
export interface IcmpSpec {
  readonly protocol: 'icmp';
  readonly type: number;
  readonly code: number;
  readonly mtu: number | null;
  /** Of an echo. */
  readonly identifier: number;
  readonly quoted: QuotedSpec | null;
}

/** A packet as a script writes it, with its way and its place in the script. */
export type PacketSpec = {
  readonly place: Place;
  readonly direction: Direction;
  readonly ip: IpSpec;
} & (TcpSpec | UdpSpec | IcmpSpec);
