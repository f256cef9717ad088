/** Endpoints made by hand for tests of the page. */
import type { TcpView } from '../../stack/tcp-view.ts';

/** An established endpoint of host a's connection to port 7 of b, with something changed. */
export function view(part: Partial<TcpView> = {}): TcpView {
  return {
    connection: 0,
    socket: 1,
    local: { address: '10.0.0.1', port: 49_152 },
    peer: { address: '10.0.0.2', port: 7 },
    state: 'ESTABLISHED',
    iss: 1_000,
    irs: 5_000,
    sndUna: 1_001,
    sndNxt: 1_001,
    sndWnd: 65_535,
    rcvNxt: 5_001,
    rcvWnd: 65_535,
    mss: 1_460,
    cwnd: 14_600,
    ssthresh: 2 ** 31 - 1,
    srtt: null,
    rttvar: null,
    rto: 1_000_000,
    flight: 0,
    duplicateAcks: 0,
    congestion: 'slow-start',
    queued: 0,
    unread: 0,
    outOfOrder: [],
    sacked: [],
    timers: [],
    ...part,
  };
}
