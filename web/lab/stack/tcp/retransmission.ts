/** The retransmission timer: RFC 6298; what a timeout does to the window: RFC 5681 §3.1. */
import { because } from '../because.ts';
import { advance, distance } from '../sequence.ts';
import { SECOND_US } from '../time.ts';
import type { Turn } from '../turn.ts';
import { collapseWindow } from './congestion.ts';
import { endConnection } from './connections.ts';
import { dataEnd, output, sendData, unsentFrom, usableFrom } from './output.ts';
import { isWindowShut, probe } from './persist.ts';
import { gapFrom } from './sack-scoreboard.ts';
import { sendSyn } from './syn.ts';
import { OFF, type Tcb } from './tcb.ts';

/** G of RFC 6298 §2: the timestamps count milliseconds. */
const CLOCK_GRANULARITY_US = 1000;
/** RFC 6298 §5.7. */
const RTO_AFTER_LOST_SYN_US = 3 * SECOND_US;

/** From now on, for as long as the timeout is. */
export function startRetransmissionTimer(turn: Turn, tcb: Tcb): void {
  tcb.retransmissionAt = turn.now + tcb.rto;
}

/** Takes a measured round trip. RFC 6298 §2.2, §2.3: the backed-off timeout is forgotten with it. */
export function takeRoundTrip(tcb: Tcb, roundTripUs: number): void {
  const { minRtoUs, maxRtoUs } = tcb.options;
  if (tcb.srtt === null || tcb.rttvar === null) {
    tcb.srtt = roundTripUs;
    tcb.rttvar = roundTripUs / 2;
  } else {
    tcb.rttvar = 0.75 * tcb.rttvar + 0.25 * Math.abs(tcb.srtt - roundTripUs);
    tcb.srtt = 0.875 * tcb.srtt + 0.125 * roundTripUs;
  }
  const rto = Math.round(tcb.srtt + Math.max(CLOCK_GRANULARITY_US, 4 * tcb.rttvar));
  tcb.rto = Math.min(maxRtoUs, Math.max(minRtoUs, rto));
}

/** RFC 6298 §5.5: doubled, and kept so until a segment that was sent once is acknowledged (§5, Karn). */
function backOff(tcb: Tcb): void {
  tcb.rto = Math.min(tcb.rto * 2, tcb.options.maxRtoUs);
}

/** The retransmission timer is due. RFC 6298 §5.4 to §5.7. */
export function retransmissionTimeout(turn: Turn, tcb: Tcb): void {
  tcb.retransmissionAt = OFF;
  const isSyn = tcb.state === 'SYN-SENT' || tcb.state === 'SYN-RECEIVED';
  // RFC 9293 §3.8.6: a window that was shut behind our data is probed; the connection is not given up.
  if (!isSyn && isWindowShut(tcb)) {
    probe(turn, tcb);
    return;
  }
  const most = isSyn ? tcb.options.synRetries : tcb.options.dataRetries;
  if (tcb.retries >= most) {
    const reason = because('retries-exhausted', { retries: tcb.retries });
    endConnection(turn, tcb, reason, 'ETIMEDOUT');
    return;
  }
  backOff(tcb);
  tcb.retries += 1;
  tcb.timedAt = OFF;
  if (isSyn) {
    tcb.synRetransmitted = true;
    sendSyn(turn, tcb, because('retransmission-timeout', { rto: tcb.rto, retries: tcb.retries }));
  } else resendFirst(turn, tcb);
}

function resendFirst(turn: Turn, tcb: Tcb): void {
  collapseWindow(turn, tcb);
  tcb.sndCursor = tcb.sndUna;
  const left = unsentFrom(tcb, tcb.sndUna);
  const length = Math.max(0, Math.min(tcb.smss, left, usableFrom(tcb, tcb.sndUna)));
  const fin = finWasSent(tcb) && length === left;
  const reason = because('retransmission-timeout', { rto: tcb.rto, retries: tcb.retries, cwnd: tcb.cwnd });
  sendData(turn, tcb, { seq: tcb.sndUna, length, fin, because: reason });
  startRetransmissionTimer(turn, tcb);
  output(turn, tcb);
}

/** Whether the FIN has been on the wire. */
export function finWasSent(tcb: Tcb): boolean {
  return tcb.finQueued && tcb.sndNxt === advance(dataEnd(tcb), 1);
}

/** RFC 6298 §5.7: when the SYN had to wait for the timer, data begins with three seconds. */
export function rtoAfterHandshake(tcb: Tcb): void {
  tcb.retries = 0;
  const begunShorter = tcb.options.initialRtoUs < RTO_AFTER_LOST_SYN_US;
  if (tcb.synRetransmitted && tcb.srtt === null && begunShorter)
    tcb.rto = Math.min(tcb.options.maxRtoUs, RTO_AFTER_LOST_SYN_US);
}

/** Sends the first segment in flight again, without waiting for the timer. Answers the number behind it. */
export function resendAtUna(turn: Turn, tcb: Tcb, rule: 'fast-retransmit' | 'partial-ack-retransmit'): number {
  const { end } = gapFrom(tcb, tcb.sndUna);
  const gap = end === null ? tcb.smss : distance(tcb.sndUna, end);
  const left = unsentFrom(tcb, tcb.sndUna);
  const length = Math.max(0, Math.min(tcb.smss, left, gap, tcb.sndWnd));
  const fin = finWasSent(tcb) && length === left && (end === null || gap > length);
  if (length === 0 && !fin) return tcb.sndUna;
  const numbers = { duplicates: tcb.duplicateAcks, cwnd: tcb.cwnd, ssthresh: tcb.ssthresh };
  sendData(turn, tcb, { seq: tcb.sndUna, length, fin, because: because(rule, numbers) });
  return advance(tcb.sndUna, length + (fin ? 1 : 0));
}
