/** TCP_INFO of an endpoint, in Linux's names and units: microseconds, and segments where Linux counts segments. */
import type { TcpState } from '#packets/tcp-state.ts';
import type { TcpView } from '../../../web/lab/stack/stack.ts';

const STATES: Readonly<Record<TcpState, number>> = {
  ESTABLISHED: 1,
  'SYN-SENT': 2,
  'SYN-RECEIVED': 3,
  'FIN-WAIT-1': 4,
  'FIN-WAIT-2': 5,
  'TIME-WAIT': 6,
  CLOSED: 7,
  'CLOSE-WAIT': 8,
  'LAST-ACK': 9,
  LISTEN: 10,
  CLOSING: 11,
};

/** Linux says "no slow start threshold yet" with the largest 31-bit number. */
const INFINITE_SSTHRESH = 0x7fffffff;
const OPEN = 0;
const DISORDER = 1;
const RECOVERY = 3;
const LOSS = 4;

/** The fields that can be told of our stack; a script that asks for another one is not supported. */
export function tcpInfo(view: TcpView): Readonly<Record<string, number>> {
  const segments = (octets: number) => Math.floor(octets / Math.max(1, view.mss));
  const sacked = view.sacked.reduce((sum, { left, right }) => sum + ((right - left) >>> 0), 0);
  return {
    tcpi_state: STATES[view.state],
    tcpi_ca_state: congestionState(view),
    tcpi_rto: view.rto,
    tcpi_rtt: view.srtt ?? 0,
    tcpi_rttvar: view.rttvar ?? 0,
    tcpi_snd_mss: view.mss,
    tcpi_advmss: view.mss,
    tcpi_snd_cwnd: segments(view.cwnd),
    tcpi_snd_ssthresh:
      Number.isFinite(view.ssthresh) && view.ssthresh < 2 ** 30 ? segments(view.ssthresh) : INFINITE_SSTHRESH,
    tcpi_unacked: Math.ceil(((view.sndNxt - view.sndUna) >>> 0) / Math.max(1, view.mss)),
    tcpi_sacked: Math.ceil(sacked / Math.max(1, view.mss)),
    tcpi_notsent_bytes: Math.max(0, view.queued - ((view.sndNxt - view.sndUna) >>> 0)),
    tcpi_snd_wnd: view.sndWnd,
    tcpi_rcv_space: view.rcvWnd,
  };
}

function congestionState(view: TcpView): number {
  if (view.congestion === 'loss') return LOSS;
  if (view.congestion === 'fast-recovery') return RECOVERY;
  return view.duplicateAcks > 0 || view.sacked.length > 0 ? DISORDER : OPEN;
}
