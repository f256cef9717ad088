import type { HostId } from '../../net/link-settings.ts';
import type { Sample } from '../../net/sample.ts';
import type { TcpView } from '../../stack/tcp-view.ts';
import type { Flow, PacketBook } from '../packet-book.ts';

/** A connection that is over, with the numbers that it had at last: the stack has forgotten it, its history has not. */
export function closedView(last: Sample, connection: number, book: PacketBook, flow: Flow, host: HostId): TcpView {
  const other = host === 'a' ? 'b' : 'a';
  return {
    ...last,
    connection,
    socket: null,
    local: flow[host],
    peer: flow[other],
    state: 'CLOSED',
    iss: book.initialOf(flow, host) ?? 0,
    irs: book.initialOf(flow, other) ?? 0,
    mss: 0,
    rttvar: null,
    duplicateAcks: 0,
    congestion: 'slow-start',
    flight: 0,
    queued: 0,
    unread: 0,
    outOfOrder: [],
    sacked: [],
    timers: [],
  };
}
