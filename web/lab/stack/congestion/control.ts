/** What a congestion control is: RFC 5681 §3. It decides about `cwnd` and `ssthresh`, nothing else. */
import type { CongestionControlName, TcpOptions } from '../options.ts';
import type { SimTime } from '../time.ts';

/** No window grows beyond it: the largest that can be offered (RFC 7323 §2.3). */
export const MAX_WINDOW_OCTETS = 2 ** 30;

/** The part of a connection that a congestion control sees and sets. Octets and microseconds. */
export interface CongestionVariables {
  cwnd: number;
  ssthresh: number;
  ackedInAvoidance: number;
  readonly smss: number;
  readonly srtt: number | null;
  readonly recovery: 'none' | 'fast' | 'loss';
  readonly options: Pick<TcpOptions, 'slowStartSegments'>;
  /** The algorithm's own; replaced, never written. */
  congestion: object | null;
}

/** An algorithm. It has no state of its own: what it remembers is in `CongestionVariables.congestion`. */
export interface CongestionControl {
  readonly name: CongestionControlName;
  /** The handshake is over; `cwnd` is the initial window. */
  begin(tcb: CongestionVariables): void;
  /** New data has been acknowledged, outside of fast recovery. */
  acknowledged(tcb: CongestionVariables, acked: number, now: SimTime): void;
  /** Duplicate ACKs or SACKs tell of a loss: sets `ssthresh`, from what was in flight. */
  lost(tcb: CongestionVariables, flight: number, now: SimTime): void;
  /** The first timeout of a segment: sets `ssthresh`. */
  timedOut(tcb: CongestionVariables, flight: number, now: SimTime): void;
  /** Every timeout: sets `cwnd`. */
  collapse(tcb: CongestionVariables): void;
  /** After a long silence: `cwnd` is at most `initial`. */
  restart(tcb: CongestionVariables, initial: number): void;
}
