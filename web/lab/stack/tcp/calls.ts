/** The calls of RFC 9293 §3.10, by their POSIX names. */
import { accepted, received, refused } from '../answers.ts';
import { because } from '../because.ts';
import type { Answer, Call, SocketId } from '../calls.ts';
import { takeOptions } from '../take-options.ts';
import type { Turn } from '../turn.ts';
import { abort, close, closeListener, shutdown } from './close.ts';
import { forget, own } from './connections.ts';
import { heardFromPeer } from './keep-alive.ts';
import type { Listener } from './listener.ts';
import { accept, connect, listen } from './open.ts';
import { output } from './output.ts';
import { considerWindowUpdate } from './receive-window.ts';
import type { Tcb } from './tcb.ts';
import { rescheduleConnection } from './timers.ts';

type TcpCall = Extract<Call, { call: `tcp.${string}` }>;

/** Answers a call on TCP. */
export function tcpCall(turn: Turn, call: TcpCall): Answer {
  switch (call.call) {
    case 'tcp.listen':
      return listen(turn, call);
    case 'tcp.connect':
      return connect(turn, call);
    case 'tcp.accept':
      return accept(turn, call);
    default:
      return callOnSocket(turn, call);
  }
}

type SocketCall = Exclude<TcpCall, { call: 'tcp.listen' | 'tcp.connect' | 'tcp.accept' }>;

function callOnSocket(turn: Turn, call: SocketCall): Answer {
  const socket = turn.host.sockets.get(call.socket);
  if (socket?.kind === 'listener') {
    const listener = turn.host.listeners.get(socket.connection);
    return listener === undefined ? refused('EBADF') : callOnListener(turn, listener, call);
  }
  const tcb = socket?.kind === 'connection' ? turn.host.connections.get(socket.connection) : undefined;
  if (tcb === undefined) return refused('EBADF');
  const mine = own(turn, tcb);
  const answer = callOnConnection(turn, mine, call);
  rescheduleConnection(turn, mine);
  return answer;
}

function callOnListener(turn: Turn, listener: Listener, call: SocketCall): Answer {
  switch (call.call) {
    case 'tcp.close':
    case 'tcp.abort':
      closeListener(turn, listener);
      return accepted(0);
    case 'tcp.set':
      turn.host.listeners.set(listener.connection, {
        ...listener,
        options: takeOptions(listener.options, call.options),
      });
      return accepted(0);
    default:
      return refused('EINVAL');
  }
}

function callOnConnection(turn: Turn, tcb: Tcb, call: SocketCall): Answer {
  switch (call.call) {
    case 'tcp.send':
      return send(turn, tcb, call.bytes);
    case 'tcp.receive':
      return receive(turn, tcb, call.max);
    case 'tcp.shutdown':
      return shutdown(turn, tcb);
    case 'tcp.close':
      close(turn, tcb);
      return letGo(turn, tcb, call.socket);
    case 'tcp.abort':
      abort(turn, tcb, because('rst-on-abort'));
      return letGo(turn, tcb, call.socket);
    case 'tcp.set':
      tcb.options = takeOptions(tcb.options, call.options);
      heardFromPeer(turn, tcb);
      output(turn, tcb);
      return accepted(0);
  }
}

/** The number means nothing from now on. */
function letGo(turn: Turn, tcb: Tcb, socket: SocketId): Answer {
  turn.host.sockets.delete(socket);
  if (tcb.state === 'CLOSED') forget(turn, tcb);
  return accepted(0);
}

/** RFC 9293 §3.10.2. */
function send(turn: Turn, tcb: Tcb, bytes: Uint8Array): Answer {
  if (tcb.error !== null) return tellError(tcb);
  if (tcb.finQueued || tcb.state === 'CLOSED') return refused('EPIPE');
  const room = Math.max(0, tcb.options.sendBufferBytes - tcb.sendQueue.length);
  const taken = bytes.length <= room ? bytes : bytes.subarray(0, room);
  tcb.sendQueue.append(taken);
  if (taken.length < bytes.length) tcb.wantsRoom = true;
  if (tcb.state !== 'SYN-SENT' && tcb.state !== 'SYN-RECEIVED') output(turn, tcb);
  return accepted(taken.length);
}

/** RFC 9293 §3.10.3. Reading opens the window. */
function receive(turn: Turn, tcb: Tcb, max: number): Answer {
  if (tcb.error !== null) return tellError(tcb);
  const bytes = tcb.receiveQueue.take(Math.floor(max));
  const isOver = tcb.finReceived || tcb.state === 'CLOSED';
  if (bytes.length > 0 && !isOver) {
    considerWindowUpdate(tcb);
    output(turn, tcb);
  }
  return received(bytes, isOver && tcb.receiveQueue.length === 0);
}

/** What ended the connection is told once; then it is just over. */
function tellError(tcb: Tcb): Answer {
  const error = tcb.error ?? 'ENOTCONN';
  tcb.error = null;
  return refused(error);
}
