/** Opening: RFC 9293 §3.10.1, passive and active; and taking what a passive open has brought. */
import { ipv4Number, ipv4TextOf } from '#packets/address.ts';
import { accepted, refused } from '../answers.ts';
import { because } from '../because.ts';
import type { Answer, Call } from '../calls.ts';
import { MAX_ENDPOINTS } from '../host-state.ts';
import { isHostAddress } from '../ip.ts';
import { takeOptions } from '../take-options.ts';
import type { Turn } from '../turn.ts';
import { createConnection, own } from './connections.ts';
import { MAX_BACKLOG } from './listener.ts';
import { proposeOptions } from './negotiation.ts';
import { sendFirstSyn } from './syn.ts';
import { endsKey, type Tcb } from './tcb.ts';
import { rescheduleConnection } from './timers.ts';

const isPort = (port: number): boolean => Number.isInteger(port) && port >= 0 && port <= 0xffff;

/** Passive. */
export function listen(turn: Turn, call: Extract<Call, { call: 'tcp.listen' }>): Answer {
  const { host } = turn;
  const { socket } = call;
  if (host.sockets.has(socket) || !isPort(call.port)) return refused('EINVAL');
  if (host.sockets.size >= MAX_ENDPOINTS) return refused('ENOBUFS');
  const port = call.port === 0 ? host.ephemeralPort((each) => !host.byPort.has(each)) : call.port;
  if (port === null || host.byPort.has(port)) return refused('EADDRINUSE');
  const connection = host.nextConnection;
  host.nextConnection += 1;
  const backlog = Math.min(MAX_BACKLOG, Math.max(1, Math.floor(call.backlog) || 1));
  const options = takeOptions(host.options.tcp, call.options);
  host.listeners.set(connection, { connection, socket, port, backlog, options, halfOpen: [], waiting: [] });
  host.byPort.set(port, connection);
  host.sockets.set(socket, { kind: 'listener', connection });
  const reason = because('passive-open', { port, backlog });
  turn.tell({ notice: 'state', socket, connection, from: 'CLOSED', to: 'LISTEN', because: reason });
  return accepted(port);
}

/** Active. */
export function connect(turn: Turn, call: Extract<Call, { call: 'tcp.connect' }>): Answer {
  const { host } = turn;
  const { socket, to } = call;
  if (host.sockets.has(socket)) return refused('EISCONN');
  const peerAddress = ipv4Number(to.address);
  if (peerAddress === null || !isHostAddress(peerAddress)) return refused('EINVAL');
  if (!isPort(to.port) || to.port === 0 || !isPort(call.port ?? 0)) return refused('EINVAL');
  const isFree = (port: number) => !host.byEnds.has(endsKey(port, peerAddress, to.port)) && !host.byPort.has(port);
  const wanted = call.port ?? 0;
  const localPort = wanted === 0 ? host.ephemeralPort(isFree) : wanted;
  if (localPort === null || host.byEnds.has(endsKey(localPort, peerAddress, to.port))) return refused('EADDRINUSE');
  const options = takeOptions(host.options.tcp, call.options);
  const ends = { localPort, peerAddress, peerPort: to.port };
  const tcb = createConnection(turn, { ...ends, socket, listener: null, options });
  if (tcb === null) return refused('ENOBUFS');
  host.sockets.set(socket, { kind: 'connection', connection: tcb.connection });
  proposeOptions(tcb);
  sendFirstSyn(turn, tcb);
  rescheduleConnection(turn, tcb);
  return accepted(localPort);
}

/** Takes the oldest established connection. What has come for it already is told. */
export function accept(turn: Turn, { socket, as }: Extract<Call, { call: 'tcp.accept' }>): Answer {
  const { host } = turn;
  const entry = host.sockets.get(socket);
  const listener = entry?.kind === 'listener' ? host.listeners.get(entry.connection) : undefined;
  if (listener === undefined) return refused('EBADF');
  if (host.sockets.has(as)) return refused('EINVAL');
  const [oldest, ...waiting] = listener.waiting;
  const found = oldest === undefined ? undefined : host.connections.get(oldest);
  if (found === undefined) return refused('EAGAIN');
  host.listeners.set(listener.connection, { ...listener, waiting });
  const tcb = own(turn, found);
  tcb.listener = null;
  tcb.socket = as;
  host.sockets.set(as, { kind: 'connection', connection: tcb.connection });
  tellWhatWaits(turn, tcb, as);
  return accepted(tcb.localPort, { address: ipv4TextOf(tcb.peerAddress), port: tcb.peerPort });
}

function tellWhatWaits(turn: Turn, tcb: Tcb, socket: number): void {
  if (tcb.receiveQueue.length > 0 || tcb.finReceived) turn.tell({ notice: 'readable', socket });
}
