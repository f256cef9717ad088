/** Fast retransmit and fast recovery: RFC 5681 §3.2; NewReno: RFC 6582. For connections without SACK. */

import { MAX_WINDOW_OCTETS } from '../congestion/control.ts';
import { before, distance } from '../sequence.ts';
import type { Turn } from '../turn.ts';
import { controlOf, growWindow, type Progress } from './congestion.ts';
import { DUPLICATE_THRESHOLD, MAX_DUPLICATES } from './duplicates.ts';
import { flightSize } from './output.ts';
import { resendAtUna, startRetransmissionTimer } from './retransmission.ts';
import { leaveSackRecovery } from './sack-recovery.ts';
import type { Tcb } from './tcb.ts';

/** A duplicate ACK has come (RFC 5681 §2). It never touches the retransmission timer. */
export function duplicateAck(turn: Turn, tcb: Tcb): void {
  tcb.duplicateAcks = Math.min(tcb.duplicateAcks + 1, MAX_DUPLICATES);
  if (!tcb.options.fastRetransmit || tcb.sackOn) return;
  if (tcb.recovery === 'fast') inflate(tcb);
  else if (tcb.duplicateAcks === DUPLICATE_THRESHOLD && mayEnter(tcb)) enterRecovery(turn, tcb);
}

/** RFC 6582 §3.2 step 2: not for losses of a window that was recovered from already, or after a timeout. */
function mayEnter(tcb: Tcb): boolean {
  return before(tcb.recover, tcb.sndUna) && tcb.sndCursor === tcb.sndNxt;
}

function enterRecovery(turn: Turn, tcb: Tcb): void {
  // RFC 5681 §3.2 step 2: what limited transmit has sent does not count.
  controlOf(tcb).lost(tcb, flightSize(tcb) - tcb.limitedOctets, turn.now);
  tcb.recover = tcb.sndNxt;
  tcb.recovery = 'fast';
  tcb.hadPartialAck = false;
  resendAtUna(turn, tcb, 'fast-retransmit');
  // RFC 5681 §3.2 step 3: the three segments that have left the network.
  if (tcb.ssthresh < MAX_WINDOW_OCTETS) tcb.cwnd = tcb.ssthresh + DUPLICATE_THRESHOLD * tcb.smss;
}

/** RFC 5681 §3.2 step 4, no further than what can have left the network: a peer may send duplicates for ever (§5). */
function inflate(tcb: Tcb): void {
  if (tcb.duplicateAcks * tcb.smss > distance(tcb.sndUna, tcb.sndNxt)) return;
  tcb.cwnd = Math.min(tcb.cwnd + tcb.smss, MAX_WINDOW_OCTETS);
}

/** New data has been acknowledged. */
export function recoverOrGrow(turn: Turn, tcb: Tcb, progress: Progress): void {
  tcb.duplicateAcks = 0;
  tcb.limitedOctets = 0;
  const isPartial = before(tcb.sndUna, tcb.recover);
  if (tcb.recovery === 'fast' && isPartial) {
    if (!tcb.sackOn) partialAck(turn, tcb, progress.acked);
  } else if (tcb.recovery === 'fast') {
    if (tcb.sackOn) leaveSackRecovery(tcb);
    else leaveRecovery(tcb);
  } else {
    if (!isPartial) tcb.recovery = 'none';
    growWindow(turn, tcb, progress);
  }
}

/** RFC 6582 §3.2 step 3, a partial acknowledgment: the next hole is sent at once, and the window deflated. */
function partialAck(turn: Turn, tcb: Tcb, acked: number): void {
  if (tcb.ssthresh < MAX_WINDOW_OCTETS) {
    tcb.cwnd = Math.max(tcb.smss, tcb.cwnd - acked);
    if (acked >= tcb.smss) tcb.cwnd += tcb.smss;
  }
  resendAtUna(turn, tcb, 'partial-ack-retransmit');
  // RFC 6582 §3.2 step 3: the first partial acknowledgment restarts the timer, later ones do not.
  if (!tcb.hadPartialAck) startRetransmissionTimer(turn, tcb);
  tcb.hadPartialAck = true;
}

/** RFC 6582 §3.2 step 3, a full acknowledgment, option (1): without a burst. */
function leaveRecovery(tcb: Tcb): void {
  tcb.recovery = 'none';
  if (tcb.ssthresh < MAX_WINDOW_OCTETS)
    tcb.cwnd = Math.min(tcb.ssthresh, Math.max(flightSize(tcb), tcb.smss) + tcb.smss);
}
