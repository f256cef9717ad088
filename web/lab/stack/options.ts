/** What can be switched and set on a host, so that a learner sees life without it. */
import { SECOND_US } from './time.ts';

/** Congestion control by name; `none` sends whatever the receiver's window allows, as before 1988. */
export type CongestionControlName = 'reno' | 'cubic' | 'none';

/**
 * Which ICMP errors end an attempt to connect: none; the hard ones (RFC 9293 §3.9.2.2); or soft ones too, as systems do
 * that would rather try another address (RFC 5461 §4.1).
 */
export type IcmpErrors = 'ignore' | 'hard' | 'all';

/** One TCP endpoint's options. Times in microseconds, sizes in octets. */
export interface TcpOptions {
  /** The MSS announced in the SYN; `null`: the interface's MTU less 40 (RFC 9293 §3.7.1). */
  readonly mss: number | null;
  /** RFC 7323 §2. */
  readonly windowScale: boolean;
  /** The shift offered in the SYN, 0 to 14; `null`: the least with which the whole receive buffer can be said. */
  readonly windowShift: number | null;
  /** RFC 7323 §3, with PAWS (§5). */
  readonly timestamps: boolean;
  /** RFC 2018 and RFC 6675. */
  readonly sack: boolean;
  /** Nagle's algorithm, RFC 9293 §3.7.4. */
  readonly nagle: boolean;
  /** Delayed acknowledgments, RFC 9293 §3.8.6.3: every second segment, or after `delayedAckUs`. */
  readonly delayedAck: boolean;
  /** At most half a second. */
  readonly delayedAckUs: number;
  readonly congestionControl: CongestionControlName;
  /** RFC 6928: 10. */
  readonly initialWindowSegments: number;
  /** By how many segments one ACK opens the window in slow start at most: 1 by RFC 5681 §3.1; L of RFC 3465 §2.2 otherwise. */
  readonly slowStartSegments: number;
  /** RFC 5681 §3.2: retransmit on the third duplicate ACK, without waiting for the timer. */
  readonly fastRetransmit: boolean;
  /** Silly-window avoidance at both ends, RFC 9293 §3.8.6.2. */
  readonly sillyWindowAvoidance: boolean;
  readonly sendBufferBytes: number;
  readonly receiveBufferBytes: number;
  /** RFC 6298 §2: before the first measurement; the least; the most. */
  readonly initialRtoUs: number;
  readonly minRtoUs: number;
  readonly maxRtoUs: number;
  /** Retransmissions of one segment before giving up: of a SYN, and of anything else (RFC 9293 §3.8.3). */
  readonly synRetries: number;
  readonly dataRetries: number;
  /** Maximum segment lifetime; TIME-WAIT lasts twice as long (RFC 9293 §3.4.2). */
  readonly mslUs: number;
  /** RFC 9293 §3.8.4; off unless asked for. */
  readonly keepAlive: boolean;
  readonly keepAliveIdleUs: number;
  readonly keepAliveIntervalUs: number;
  readonly keepAliveProbes: number;
  /** RFC 5961: challenge ACKs instead of believing a blind RST or SYN. */
  readonly challengeAck: boolean;
  /** RFC 1191: segments say "don't fragment", and an ICMP "fragmentation needed" makes them smaller. */
  readonly pathMtuDiscovery: boolean;
  readonly icmpErrors: IcmpErrors;
}

/** What a host uses when nothing else is said. */
export const DEFAULT_TCP_OPTIONS: TcpOptions = {
  mss: null,
  windowScale: true,
  windowShift: null,
  timestamps: true,
  sack: true,
  nagle: true,
  delayedAck: true,
  delayedAckUs: 200_000,
  congestionControl: 'reno',
  initialWindowSegments: 10,
  slowStartSegments: 1,
  fastRetransmit: true,
  sillyWindowAvoidance: true,
  sendBufferBytes: 256 * 1024,
  receiveBufferBytes: 256 * 1024,
  initialRtoUs: SECOND_US,
  minRtoUs: SECOND_US,
  maxRtoUs: 60 * SECOND_US,
  synRetries: 6,
  dataRetries: 15,
  mslUs: 30 * SECOND_US,
  keepAlive: false,
  keepAliveIdleUs: 2 * 3600 * SECOND_US,
  keepAliveIntervalUs: 75 * SECOND_US,
  keepAliveProbes: 9,
  challengeAck: true,
  pathMtuDiscovery: true,
  icmpErrors: 'hard',
};

/** A host with one interface. */
export interface HostOptions {
  /** Its IPv4 address, dotted decimal. */
  readonly address: string;
  /** Longest packet that it sends, in octets; longer ones are fragmented (RFC 791 §2.3). */
  readonly mtu: number;
  /** Time to live of what it sends. */
  readonly ttl: number;
  /** Makes its initial sequence numbers, ports and identifications (RFC 6528 §3); the same secret, the same run. */
  readonly secret: number;
  /** Defaults of its TCP endpoints; a call may override them. */
  readonly tcp: TcpOptions;
}
