/** Reno: slow start and congestion avoidance, RFC 5681 §3.1. NewReno's recovery (RFC 6582) is in fast-recovery.ts. */
import type { CongestionControl, CongestionVariables } from './control.ts';

/** Reno. */
export const reno: CongestionControl = {
  name: 'reno',
  begin: () => undefined,
  acknowledged(tcb, acked) {
    if (tcb.cwnd < tcb.ssthresh) slowStart(tcb, acked);
    else avoidCongestion(tcb, acked);
  },
  lost: halve,
  timedOut: halve,
  collapse(tcb) {
    tcb.cwnd = tcb.smss;
  },
  restart(tcb, initial) {
    tcb.cwnd = Math.min(tcb.cwnd, initial);
  },
};

/** RFC 5681 §3.1, equation (2): a segment for every ACK at most. RFC 3465 §2.3: L of them, but not after a timeout. */
export function slowStart(tcb: CongestionVariables, acked: number): void {
  const most = tcb.recovery === 'loss' ? 1 : tcb.options.slowStartSegments;
  tcb.cwnd += Math.min(acked, most * tcb.smss);
}

/** RFC 5681 §3.1: a segment for every window of octets that is acknowledged. */
function avoidCongestion(tcb: CongestionVariables, acked: number): void {
  tcb.ackedInAvoidance += acked;
  if (tcb.ackedInAvoidance < tcb.cwnd) return;
  tcb.ackedInAvoidance -= tcb.cwnd;
  tcb.cwnd += tcb.smss;
}

/** RFC 5681 §3.1, equation (4): half of what was in flight. */
function halve(tcb: CongestionVariables, flight: number): void {
  tcb.ssthresh = Math.max(Math.floor(flight / 2), 2 * tcb.smss);
  tcb.ackedInAvoidance = 0;
}
