/** A scene of the lab that a step is played in: what the two hosts run, and what the wire between them is like. */

/** Host a is the client, host b the server. */
export type LabHost = 'a' | 'b';

/** What can be set of a direction of the wire; the rest is a clean link of 20 ms. Rates are from 0 to 1 a packet. */
export interface LabLink {
  readonly delayUs?: number;
  readonly jitterUs?: number;
  readonly bandwidthBps?: number;
  readonly queueBytes?: number;
  readonly loss?: number;
  readonly reorder?: number;
  readonly reorderUs?: number;
  readonly duplicate?: number;
  readonly corrupt?: number;
  readonly mtu?: number;
}

/** Kinds of packets that rules and checks can name. */
export const LAB_PACKETS = [
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
export type LabPacket = (typeof LAB_PACKETS)[number];

/** The wire drops packets `nth` to `nth + count - 1` of a kind that a host sends. */
export interface LabDrop {
  readonly from: LabHost;
  readonly kind: LabPacket;
  readonly nth: number;
  /** Default 1. */
  readonly count?: number;
}

/** Features of TCP that a scene sets otherwise than the lab does, on both hosts. */
export interface LabTcp {
  readonly nagle?: boolean;
  readonly delayedAck?: boolean;
  readonly sack?: boolean;
  readonly timestamps?: boolean;
  readonly fastRetransmit?: boolean;
  readonly congestionControl?: 'reno' | 'cubic' | 'none';
  readonly initialWindowSegments?: number;
  readonly receiveBufferBytes?: number;
}

/** What is played: the programs, the wire and what differs from the lab's usual TCP. */
export interface LabScene {
  /** Decides every accident: the same scene is the same run everywhere. */
  readonly seed: number;
  /** The programs that the hosts run, by the names of the lab's ready programs. */
  readonly a: readonly string[];
  readonly b: readonly string[];
  /** The wire from a to b, and from b to a where that is another. */
  readonly wire?: LabLink;
  readonly back?: LabLink;
  readonly drops?: readonly LabDrop[];
  readonly tcp?: LabTcp;
  /** The scene waits at its beginning: the learner steps through it. */
  readonly paused?: true;
}
