/** The variables of a connection over time, for the plots. */
import type { TcpNumbers } from '../stack/tcp-view.ts';
import type { SimTime } from '../stack/time.ts';

/** Sizes in octets, times in microseconds. */
export interface Sample extends Omit<TcpNumbers, 'connection'> {
  readonly at: SimTime;
}

/** What the numbers are from `at` on. */
export function sampleOf(at: SimTime, numbers: TcpNumbers): Sample {
  const { cwnd, ssthresh, flight, sndWnd, rcvWnd, srtt, rto, sndUna, sndNxt, rcvNxt } = numbers;
  return { at, cwnd, ssthresh, flight, sndWnd, rcvWnd, srtt, rto, sndUna, sndNxt, rcvNxt };
}

/** Whether anything but the time is different. */
export function differs(a: Sample, b: TcpNumbers): boolean {
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
