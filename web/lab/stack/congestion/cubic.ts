/** CUBIC: RFC 9438. Windows are octets here, segments of SMSS in the RFC. */
import type { SimTime } from '../time.ts';
import { SECOND_US } from '../time.ts';
import type { CongestionControl, CongestionVariables } from './control.ts';
import { slowStart } from './reno.ts';

/** RFC 9438 §4.1: β and C, in segments per second³. */
const BETA = 0.7;
const C = 0.4;
/** RFC 9438 §4.3: α of the window that Reno would have. */
const ALPHA = (3 * (1 - BETA)) / (1 + BETA);

/** What CUBIC remembers of the last reduction. Segments and seconds. */
interface CubicState {
  /** W_max, and cwnd when the reduction had been made: cwnd_prior of §4.1.2. */
  readonly wMax: number;
  readonly prior: number;
  /** When the present stage of congestion avoidance began; `null`: at the next ACK. */
  readonly epochAt: SimTime | null;
  readonly k: number;
  readonly wEst: number;
}

const FRESH: CubicState = { wMax: 0, prior: 0, epochAt: null, k: 0, wEst: 0 };

/** CUBIC, with its Reno-friendly region and fast convergence. */
export const cubic: CongestionControl = {
  name: 'cubic',
  begin(tcb) {
    tcb.congestion = FRESH;
  },
  acknowledged(tcb, acked, now) {
    if (tcb.cwnd < tcb.ssthresh) slowStart(tcb, acked);
    else avoidCongestion(tcb, acked, now);
  },
  lost(tcb, flight) {
    reduce(tcb, flight);
  },
  // §4.8: as after any loss; K is counted from where congestion avoidance begins again.
  timedOut(tcb, flight) {
    reduce(tcb, flight);
  },
  collapse(tcb) {
    tcb.cwnd = tcb.smss;
  },
  restart(tcb, initial) {
    tcb.cwnd = Math.min(tcb.cwnd, initial);
    // §4.2: time in which nothing was sent does not count.
    tcb.congestion = { ...stateOf(tcb), epochAt: null };
  },
};

function stateOf(tcb: CongestionVariables): CubicState {
  return (tcb.congestion as CubicState | null) ?? FRESH;
}

/** §4.6 and §4.7: multiplicative decrease, and fast convergence. */
function reduce(tcb: CongestionVariables, flight: number): void {
  const window = tcb.cwnd / tcb.smss;
  const { wMax } = stateOf(tcb);
  const next = window < wMax ? (window * (1 + BETA)) / 2 : window;
  tcb.congestion = { ...FRESH, wMax: next, prior: window };
  tcb.ssthresh = Math.max(Math.floor(flight * BETA), 2 * tcb.smss);
}

function avoidCongestion(tcb: CongestionVariables, acked: number, now: SimTime): void {
  const state = begun(tcb, now);
  const window = tcb.cwnd / tcb.smss;
  const segments = acked / tcb.smss;
  // §4.3: α is 1 once the window is where it was before the reduction.
  const alpha = state.wEst >= state.prior ? 1 : ALPHA;
  const wEst = state.wEst + (alpha * segments) / window;
  tcb.congestion = { ...state, wEst };
  const seconds = (now - (state.epochAt ?? now)) / SECOND_US;
  const roundTrip = (tcb.srtt ?? 0) / SECOND_US;
  const cubicNow = C * (seconds - state.k) ** 3 + state.wMax;
  // §4.3: where Reno would be further, CUBIC is as fast as Reno.
  if (cubicNow < wEst) {
    tcb.cwnd = Math.max(tcb.cwnd, Math.floor(wEst * tcb.smss));
    return;
  }
  // §4.2: the target of the next round trip, at most half a window more.
  const target = Math.min(1.5 * window, Math.max(window, C * (seconds + roundTrip - state.k) ** 3 + state.wMax));
  tcb.cwnd += Math.floor(((target - window) / window) * acked);
}

/** The first ACK of a stage of congestion avoidance: §4.2, K. */
function begun(tcb: CongestionVariables, now: SimTime): CubicState {
  const state = stateOf(tcb);
  if (state.epochAt !== null) return state;
  const window = tcb.cwnd / tcb.smss;
  const wMax = Math.max(state.wMax, window);
  return { ...state, wMax, epochAt: now, k: Math.cbrt((wMax - window) / C), wEst: window };
}
