/** What a host looks like from outside, for display. */
import { ipv4TextOf } from '#packets/address.ts';
import type { HostState } from './host-state.ts';
import { distance } from './sequence.ts';
import type { Listener } from './tcp/listener.ts';
import { outOfOrderBlocks } from './tcp/reassembly.ts';
import { receiveWindow } from './tcp/receive-window.ts';
import { OFF, type Tcb } from './tcp/tcb.ts';
import type { TcpNumbers, TcpTimerName, TcpView } from './tcp-view.ts';

/** The TCP endpoints, listening ones too, in the order in which they came to be. Those in CLOSED are gone. */
export function viewOf(state: HostState): readonly TcpView[] {
  const open = [...state.connections.values()].filter((tcb) => tcb.state !== 'CLOSED');
  const views = [
    ...open.map((tcb) => viewConnection(state, tcb)),
    ...[...state.listeners.values()].map((listener) => viewListener(state, listener)),
  ];
  return views.sort((a, b) => a.connection - b.connection);
}

/** The numbers of the connections that are not in CLOSED: what is looked at after every step, and so without the rest of a view. */
export function numbersOf(state: HostState): readonly TcpNumbers[] {
  const numbers: TcpNumbers[] = [];
  for (const tcb of state.connections.values()) if (tcb.state !== 'CLOSED') numbers.push(numbersOfConnection(tcb));
  return numbers;
}

function viewConnection(state: HostState, tcb: Tcb): TcpView {
  return {
    ...numbersOfConnection(tcb),
    socket: tcb.socket,
    local: { address: state.options.address, port: tcb.localPort },
    peer: { address: ipv4TextOf(tcb.peerAddress), port: tcb.peerPort },
    state: tcb.state,
    iss: tcb.iss,
    irs: tcb.irs,
    mss: tcb.mss,
    rttvar: tcb.rttvar,
    duplicateAcks: tcb.duplicateAcks,
    congestion: phaseOf(tcb),
    queued: tcb.sendQueue.length,
    unread: tcb.receiveQueue.length,
    outOfOrder: outOfOrderBlocks(tcb),
    sacked: tcb.sacked,
    timers: timersOf(tcb),
  };
}

function numbersOfConnection(tcb: Tcb): TcpNumbers {
  return {
    connection: tcb.connection,
    sndUna: tcb.sndUna,
    sndNxt: tcb.sndNxt,
    sndWnd: tcb.sndWnd,
    rcvNxt: tcb.rcvNxt,
    rcvWnd: receiveWindow(tcb),
    cwnd: tcb.cwnd,
    ssthresh: tcb.ssthresh,
    srtt: tcb.srtt,
    rto: tcb.rto,
    flight: distance(tcb.sndUna, tcb.sndNxt),
  };
}

function phaseOf(tcb: Tcb): TcpView['congestion'] {
  if (tcb.recovery === 'fast') return 'fast-recovery';
  if (tcb.recovery === 'loss') return 'loss';
  return tcb.cwnd < tcb.ssthresh ? 'slow-start' : 'congestion-avoidance';
}

function timersOf(tcb: Tcb): TcpView['timers'] {
  const all: readonly (readonly [TcpTimerName, number])[] = [
    ['retransmission', tcb.retransmissionAt],
    ['persist', tcb.persistAt],
    ['delayed-ack', tcb.delayedAckAt],
    ['time-wait', tcb.timeWaitAt],
    ['keep-alive', tcb.keepAliveAt],
  ];
  return all.filter(([, at]) => at !== OFF).map(([timer, at]) => ({ timer, at }));
}

function viewListener(state: HostState, listener: Listener): TcpView {
  return {
    connection: listener.connection,
    socket: listener.socket,
    local: { address: state.options.address, port: listener.port },
    peer: null,
    state: 'LISTEN',
    ...NO_NUMBERS,
  };
}

const NO_NUMBERS = {
  iss: 0,
  irs: 0,
  sndUna: 0,
  sndNxt: 0,
  sndWnd: 0,
  rcvNxt: 0,
  rcvWnd: 0,
  mss: 0,
  cwnd: 0,
  ssthresh: 0,
  srtt: null,
  rttvar: null,
  rto: 0,
  flight: 0,
  duplicateAcks: 0,
  congestion: 'slow-start',
  queued: 0,
  unread: 0,
  outOfOrder: [],
  sacked: [],
  timers: [],
} as const satisfies Partial<TcpView>;
