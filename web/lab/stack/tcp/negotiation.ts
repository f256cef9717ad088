/** What both ends agree on by their SYNs: RFC 9293 §3.7.1 (MSS), RFC 7323 §2.2 and §3.2, RFC 2018 §2. */
import type { Turn } from '../turn.ts';
import { announcedMss, HEADERS_OCTETS, MIN_MSS } from './connections.ts';
import { MAX_WINDOW_SHIFT, windowShiftFor } from './receive-window.ts';
import type { Segment } from './segment.ts';
import type { Tcb } from './tcb.ts';

/** RFC 9293 §3.7.1, MUST-15: what a peer that says nothing can take. */
const DEFAULT_MSS = 536;
/** Two NOPs and the timestamps option, in every segment once agreed (RFC 7323 Appendix A). */
const TIMESTAMPS_OCTETS = 12;

/** Before our SYN: what we would like. */
export function proposeOptions(tcb: Tcb): void {
  tcb.rcvScale = tcb.options.windowScale ? windowShiftFor(tcb.options) : 0;
}

/** After the peer's SYN: an option is used when both have offered it. */
export function agreeOnOptions(turn: Turn, tcb: Tcb, syn: Segment): void {
  const { options } = tcb;
  tcb.windowScaleOn = options.windowScale && syn.windowScale !== null;
  tcb.rcvScale = tcb.windowScaleOn ? windowShiftFor(options) : 0;
  // RFC 7323 §2.3: a larger shift is used as 14.
  tcb.sndScale = tcb.windowScaleOn ? Math.min(MAX_WINDOW_SHIFT, syn.windowScale ?? 0) : 0;
  tcb.sackOn = options.sack && syn.sackPermitted;
  tcb.timestampsOn = options.timestamps && syn.timestamps !== null;
  if (tcb.timestampsOn && syn.timestamps !== null) {
    tcb.tsRecent = syn.timestamps.value;
    tcb.tsRecentAt = turn.now;
  }
  tcb.mss = Math.max(MIN_MSS, Math.min(announcedMss(turn, options), syn.mss ?? DEFAULT_MSS));
  setSegmentSize(turn, tcb, tcb.mss + HEADERS_OCTETS);
  // RFC 7323 §2.2: the window of a SYN is never scaled.
  tcb.sndWnd = syn.window;
  tcb.maxSndWnd = syn.window;
  tcb.sndWl1 = syn.seq;
}

/** RFC 9293 §3.7.1: Eff.snd.mss is what the peer, our interface and the path can take, less the options. */
export function setSegmentSize(turn: Turn, tcb: Tcb, pathMtu: number): void {
  const fitting = Math.min(tcb.mss, Math.min(pathMtu, turn.host.options.mtu) - HEADERS_OCTETS);
  tcb.smss = Math.max(MIN_MSS, fitting - (tcb.timestampsOn ? TIMESTAMPS_OCTETS : 0));
}
