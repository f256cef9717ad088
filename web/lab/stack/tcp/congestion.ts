/** The congestion window of a connection, whichever control it has: RFC 5681; the initial window: RFC 6928. */

import { type CongestionControl, MAX_WINDOW_OCTETS } from '../congestion/control.ts';
import { cubic } from '../congestion/cubic.ts';
import { none } from '../congestion/none.ts';
import { reno } from '../congestion/reno.ts';
import { distance } from '../sequence.ts';
import type { Turn } from '../turn.ts';
import { nothingInFlight } from './emit.ts';
import type { Tcb } from './tcb.ts';

const CONTROLS = { reno, cubic, none } as const satisfies Record<string, CongestionControl>;

/** RFC 6928 §2: min(10·MSS, max(2·MSS, 14600)); other numbers of segments likewise. */
function initialWindow(tcb: Tcb): number {
  const segments = Math.max(1, tcb.options.initialWindowSegments);
  return Math.min(segments * tcb.smss, Math.max(2 * tcb.smss, segments * 1460));
}

/** The handshake is over. RFC 5681 §3.1: after a lost SYN, one segment. */
export function startCongestionControl(turn: Turn, tcb: Tcb): void {
  tcb.cwnd = tcb.synRetransmitted ? tcb.smss : initialWindow(tcb);
  tcb.ssthresh = MAX_WINDOW_OCTETS;
  tcb.congestion = null;
  tcb.lastSentAt = turn.now;
  controlOf(tcb).begin(tcb);
}

/** The algorithm that the connection's options name. */
export function controlOf(tcb: Tcb): CongestionControl {
  return CONTROLS[tcb.options.congestionControl];
}

/** What an ACK has brought. Octets. */
export interface Progress {
  readonly acked: number;
  /** How many of these duplicate ACKs or SACKs had told of already: limited transmit has been done for them. */
  readonly known: number;
  /** What was in flight before. */
  readonly flight: number;
}

/** New data has been acknowledged outside of fast recovery. */
export function growWindow(turn: Turn, tcb: Tcb, { acked, known, flight }: Progress): void {
  const isSlowStart = tcb.cwnd < tcb.ssthresh;
  // A window that is not used does not grow (RFC 7661 §1): nothing has been learnt about the path.
  const isUsed = isSlowStart ? 2 * flight >= tcb.cwnd : flight + tcb.smss >= tcb.cwnd;
  const news = isSlowStart ? Math.max(acked - known, Math.min(acked, tcb.smss)) : acked;
  if (isUsed) controlOf(tcb).acknowledged(tcb, news, turn.now);
  tcb.cwnd = Math.min(tcb.cwnd, MAX_WINDOW_OCTETS);
}

/** RFC 5681 §3.1, equation (4): a timeout leaves one segment. The threshold is set by the first timeout only. */
export function collapseWindow(turn: Turn, tcb: Tcb): void {
  if (tcb.retries === 1) controlOf(tcb).timedOut(tcb, distance(tcb.sndUna, tcb.sndNxt), turn.now);
  controlOf(tcb).collapse(tcb);
  tcb.ackedInAvoidance = 0;
  tcb.recovery = 'loss';
  tcb.recover = tcb.sndNxt;
  tcb.duplicateAcks = 0;
  // RFC 2018 §8: the peer may have thrown away what it had said it has.
  tcb.sacked = [];
}

/** RFC 5681 §4.1: after more than one timeout's silence, the window is the initial one again at most. */
export function restartAfterIdle(turn: Turn, tcb: Tcb): void {
  if (!nothingInFlight(tcb) || turn.now - tcb.lastSentAt <= tcb.rto) return;
  controlOf(tcb).restart(tcb, initialWindow(tcb));
}
