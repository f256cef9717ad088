/** The live variables of a TCP endpoint, as the page shows them. RFC 9293 §3.3.1; RFC 5681 §2; RFC 6298 §2. */

import type { SackBlock } from '#packets/tcp.ts';
import type { TcpState } from '#packets/tcp-state.ts';
import type { SocketAddress, SocketId } from './calls.ts';

/** Timers that an endpoint may have running. */
export type TcpTimerName = 'retransmission' | 'persist' | 'delayed-ack' | 'time-wait' | 'keep-alive';

/** A copy for display. Sequence numbers are those of the wire; sizes in octets; times in microseconds. */
export interface TcpView {
  /** Numbers the connections of a host in the order in which they came to be. */
  readonly connection: number;
  readonly socket: SocketId | null;
  readonly local: SocketAddress;
  readonly peer: SocketAddress | null;
  readonly state: TcpState;
  readonly iss: number;
  readonly irs: number;
  readonly sndUna: number;
  readonly sndNxt: number;
  /** The window that the peer offers, scaled. */
  readonly sndWnd: number;
  readonly rcvNxt: number;
  /** The window that we offer, scaled. */
  readonly rcvWnd: number;
  /** Smaller of the two announced. */
  readonly mss: number;
  readonly cwnd: number;
  readonly ssthresh: number;
  /** `null` before the first measurement. */
  readonly srtt: number | null;
  readonly rttvar: number | null;
  readonly rto: number;
  readonly flight: number;
  readonly duplicateAcks: number;
  readonly congestion: 'slow-start' | 'congestion-avoidance' | 'fast-recovery' | 'loss';
  /** In the send buffer, sent or not, and not acknowledged. */
  readonly queued: number;
  /** In order and not read by the program. */
  readonly unread: number;
  /** Received out of order, waiting for what is missing before. */
  readonly outOfOrder: readonly SackBlock[];
  /** What the peer says it has beyond snd.una. */
  readonly sacked: readonly SackBlock[];
  readonly timers: readonly { readonly timer: TcpTimerName; readonly at: number }[];
}

/** What of an endpoint is drawn over time. */
export type TcpNumbers = Pick<
  TcpView,
  'connection' | 'sndUna' | 'sndNxt' | 'sndWnd' | 'rcvNxt' | 'rcvWnd' | 'cwnd' | 'ssthresh' | 'srtt' | 'rto' | 'flight'
>;
