/** A shut window: zero-window probes, RFC 9293 §3.8.6.1; the override of silly-window avoidance, §3.8.6.2.1. */
import { TCP_FLAGS } from '#packets/tcp.ts';
import { because } from '../because.ts';
import { advance, before } from '../sequence.ts';
import type { Turn } from '../turn.ts';
import { endConnection } from './connections.ts';
import { emit, nothingInFlight } from './emit.ts';
import { sendData, unsentFrom, usableFrom } from './output.ts';
import { OFF, type Tcb } from './tcb.ts';

/** RFC 9293 §3.8.6.2.1: 0.1 to 1 second. */
const OVERRIDE_US = 500_000;

/** Whether the window is shut while something waits to go through it. */
export function isWindowShut(tcb: Tcb): boolean {
  return tcb.sndWnd === 0 && (tcb.sendQueue.length > 0 || (tcb.finQueued && unsentFrom(tcb, tcb.sndUna) >= 0));
}

/** After output: when something is left that no ACK will set going, the persist timer must. */
export function considerPersisting(turn: Turn, tcb: Tcb): void {
  if (!nothingInFlight(tcb)) return;
  const left = unsentFrom(tcb, tcb.sndNxt);
  const waits = left > 0 || (left === 0 && tcb.finQueued);
  if (!waits) tcb.persistAt = OFF;
  else if (tcb.persistAt === OFF) {
    tcb.retransmissionAt = OFF;
    tcb.persistAt = turn.now + (tcb.sndWnd === 0 ? probeInterval(tcb) : OVERRIDE_US);
  }
}

/** RFC 9293 §3.8.6.1: the first after one RTO (SHLD-29), then exponentially longer (SHLD-30). */
function probeInterval(tcb: Tcb): number {
  return Math.min(tcb.rto * 2 ** tcb.persistBackoff, tcb.options.maxRtoUs);
}

/** The persist timer is due. */
export function persistTimeout(turn: Turn, tcb: Tcb): void {
  tcb.persistAt = OFF;
  if (tcb.sndWnd > 0) {
    override(turn, tcb);
    return;
  }
  if (tcb.persistUnanswered >= tcb.options.dataRetries) {
    const reason = because('retries-exhausted', { retries: tcb.persistUnanswered });
    endConnection(turn, tcb, reason, 'ETIMEDOUT');
    return;
  }
  probe(turn, tcb);
}

const MAX_BACKOFF = 16;

/** RFC 9293 §3.8.6.1, MUST-36: at least one octet, into the shut window. */
export function probe(turn: Turn, tcb: Tcb): void {
  const hasData = tcb.sendQueue.length > 0;
  tcb.persistUnanswered += 1;
  emit(turn, tcb, {
    seq: tcb.sndUna,
    length: hasData ? 1 : 0,
    flags: hasData ? 0 : TCP_FLAGS.fin,
    because: because('zero-window-probe', { probe: tcb.persistUnanswered, rto: probeInterval(tcb) }),
  });
  const end = advance(tcb.sndUna, 1);
  if (before(tcb.sndNxt, end)) tcb.sndNxt = end;
  if (before(tcb.sndCursor, end)) tcb.sndCursor = end;
  tcb.timedAt = OFF;
  tcb.retransmissionAt = OFF;
  tcb.persistBackoff = Math.min(tcb.persistBackoff + 1, MAX_BACKOFF);
  tcb.persistAt = turn.now + probeInterval(tcb);
}

/** RFC 9293 §3.8.6.2.1 (4): a window that stays small is used after a while. */
function override(turn: Turn, tcb: Tcb): void {
  const seq = tcb.sndCursor;
  const left = unsentFrom(tcb, seq);
  const usable = usableFrom(tcb, seq);
  const length = Math.max(0, Math.min(tcb.smss, left, usable));
  const fin = tcb.finQueued && length === left && usable > length;
  if (length === 0 && !fin) return;
  const reason = because('silly-window-override', { window: tcb.sndWnd, octets: length });
  sendData(turn, tcb, { seq, length, fin, because: reason });
}

/** An ACK has come while the window was shut: it is not given up, and when it has opened, what was refused goes again. */
export function windowHeard(tcb: Tcb): void {
  tcb.persistUnanswered = 0;
  if (tcb.sndWnd === 0 || tcb.persistAt === OFF) return;
  tcb.persistAt = OFF;
  tcb.persistBackoff = 0;
  // What was sent into the shut window has not been taken. It goes again in order: nothing is known to be lost.
  tcb.sndCursor = tcb.sndUna;
  tcb.recovery = 'none';
  tcb.duplicateAcks = 0;
}
