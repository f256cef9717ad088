/** The variables of a connection over time, for the plots. */
import type { TcpView } from '../stack/tcp-view.ts';
import type { SimTime } from '../stack/time.ts';

/** Sizes in octets, times in microseconds. */
export interface Sample {
  readonly at: SimTime;
  readonly cwnd: number;
  readonly ssthresh: number;
  readonly flight: number;
  readonly sndWnd: number;
  readonly rcvWnd: number;
  readonly srtt: number | null;
  readonly rto: number;
  readonly sndUna: number;
  readonly sndNxt: number;
  readonly rcvNxt: number;
}

export function sampleOf(at: SimTime, view: TcpView): Sample {
  const { cwnd, ssthresh, flight, sndWnd, rcvWnd, srtt, rto, sndUna, sndNxt, rcvNxt } = view;
  return { at, cwnd, ssthresh, flight, sndWnd, rcvWnd, srtt, rto, sndUna, sndNxt, rcvNxt };
}

/** Whether anything but the time is different. */
export function differs(a: Sample, b: Sample): boolean {
  return (
    a.sndNxt !== b.sndNxt ||
    a.sndUna !== b.sndUna ||
    a.rcvNxt !== b.rcvNxt ||
    a.cwnd !== b.cwnd ||
    a.ssthresh !== b.ssthresh ||
    a.flight !== b.flight ||
    a.sndWnd !== b.sndWnd ||
    a.rcvWnd !== b.rcvWnd ||
    a.srtt !== b.srtt ||
    a.rto !== b.rto
  );
}
