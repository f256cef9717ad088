/** The table of a host's connections: make one, find one, write to one, forget one. */

import type { TcpState } from '#packets/tcp-state.ts';
import type { Because } from '../because.ts';
import type { SocketError } from '../calls.ts';
import { hash } from '../hash.ts';
import { MAX_ENDPOINTS } from '../host-state.ts';
import type { TcpOptions } from '../options.ts';
import { advance } from '../sequence.ts';
import type { Turn } from '../turn.ts';
import { type Ends, endsKey, OFF, Tcb } from './tcb.ts';

/** Octets of the IP and TCP headers without options: the MTU less these is the largest MSS. RFC 9293 §3.7.1. */
export const HEADERS_OCTETS = 40;
/** An MSS that nobody may go below, or a peer could make every octet a packet (RFC 9293 §3.7.1 names no floor). */
export const MIN_MSS = 8;

/** What is not the same for each way to open. */
export interface Opening extends Ends {
  readonly socket: number | null;
  readonly listener: number | null;
  readonly options: TcpOptions;
}

/** Puts a new connection, still CLOSED, into the tables; `null` when the host has no room. */
export function createConnection(turn: Turn, opening: Opening): Tcb | null {
  const { host, now } = turn;
  if (host.connections.size + host.listeners.size >= MAX_ENDPOINTS) return null;
  const connection = host.nextConnection;
  host.nextConnection += 1;
  const { secret } = host.options;
  const ends = [opening.peerAddress, opening.localPort, opening.peerPort];
  const tcb = new Tcb({
    ...opening,
    epoch: host.epoch,
    connection,
    state: 'CLOSED',
    mss: announcedMss(turn, opening.options),
    iss: initialSequence(now, hash(secret, 3, ...ends)),
    timestampOffset: hash(secret, 4, ...ends),
  });
  host.connections.set(connection, tcb);
  host.byEnds.set(endsKey(tcb.localPort, tcb.peerAddress, tcb.peerPort), connection);
  return tcb;
}

/** RFC 9293 §3.4.1, RFC 6528 §3: a clock that ticks every four microseconds, plus a keyed hash of both ends. */
function initialSequence(now: number, hashed: number): number {
  return advance(hashed, Math.floor(now / 4) % 0x1_0000_0000);
}

/** What we say in our SYN. RFC 9293 §3.7.1. */
export function announcedMss(turn: Turn, options: TcpOptions): number {
  const fitting = Math.max(MIN_MSS, turn.host.options.mtu - HEADERS_OCTETS);
  return Math.min(0xffff, Math.max(MIN_MSS, Math.floor(options.mss ?? fitting) || fitting));
}

/** The connection between these ends, or `undefined`. Most packets are of the connection that had the last one. */
export function findConnection(
  { host }: Turn,
  localPort: number,
  peerAddress: number,
  peerPort: number,
): Tcb | undefined {
  const last = host.connections.get(host.lastFound);
  if (last !== undefined && last.state !== 'CLOSED' && isBetween(last, localPort, peerAddress, peerPort)) return last;
  const connection = host.byEnds.get(endsKey(localPort, peerAddress, peerPort));
  if (connection === undefined) return undefined;
  host.lastFound = connection;
  return host.connections.get(connection);
}

function isBetween(tcb: Tcb, localPort: number, peerAddress: number, peerPort: number): boolean {
  return tcb.peerPort === peerPort && tcb.localPort === localPort && tcb.peerAddress === peerAddress;
}

/** The connection, ready to be written. */
export function own(turn: Turn, tcb: Tcb): Tcb {
  const { host } = turn;
  if (tcb.epoch === host.epoch) return tcb;
  const mine = tcb.clone(host.epoch);
  host.connections.set(mine.connection, mine);
  return mine;
}

/** Goes to another state, and tells it. */
export function enter(turn: Turn, tcb: Tcb, to: TcpState, because: Because): void {
  const from = tcb.state;
  tcb.state = to;
  turn.tell({ notice: 'state', socket: tcb.socket, connection: tcb.connection, from, to, because });
}

/**
 * The connection is over: no packet finds it any more. A socket that its program still holds keeps what was received,
 * until it is closed.
 */
export function endConnection(turn: Turn, tcb: Tcb, because: Because, error: SocketError | null): void {
  const { host } = turn;
  if (tcb.state !== 'CLOSED') enter(turn, tcb, 'CLOSED', because);
  const key = endsKey(tcb.localPort, tcb.peerAddress, tcb.peerPort);
  if (host.byEnds.get(key) === tcb.connection) host.byEnds.delete(key);
  stopTimers(tcb);
  tcb.sendQueue.drop(tcb.sendQueue.length);
  tcb.outOfOrder = [];
  tcb.ackReason = null;
  if (error !== null) {
    tcb.error = error;
    tcb.receiveQueue.drop(tcb.receiveQueue.length);
    if (tcb.socket !== null) turn.tell({ notice: 'failed', socket: tcb.socket, error });
  }
  leaveBacklog(turn, tcb);
  if (tcb.socket === null || tcb.released) forget(turn, tcb);
}

/** Takes a connection that nobody can name any more out of the table. */
export function forget(turn: Turn, tcb: Tcb): void {
  turn.host.connections.delete(tcb.connection);
}

function leaveBacklog(turn: Turn, tcb: Tcb): void {
  if (tcb.listener === null) return;
  const listener = turn.host.listeners.get(tcb.listener);
  if (listener === undefined) return;
  const others = (all: readonly number[]) => all.filter((each) => each !== tcb.connection);
  turn.host.listeners.set(listener.connection, {
    ...listener,
    halfOpen: others(listener.halfOpen),
    waiting: others(listener.waiting),
  });
}

function stopTimers(tcb: Tcb): void {
  tcb.retransmissionAt = OFF;
  tcb.persistAt = OFF;
  tcb.delayedAckAt = OFF;
  tcb.timeWaitAt = OFF;
  tcb.keepAliveAt = OFF;
}

/** When the first of a connection's timers is due. */
export function deadlineOf(tcb: Tcb): number {
  return Math.min(tcb.retransmissionAt, tcb.persistAt, tcb.delayedAckAt, tcb.timeWaitAt, tcb.keepAliveAt);
}
