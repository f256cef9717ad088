/** socket, bind, listen, accept, connect, shutdown, close. */
import { CONSTANTS } from '../constants.ts';
import type { TcpDescriptor, UdpDescriptor } from '../descriptor.ts';
import { newTcp, newUdp } from '../descriptors.ts';
import { type Attempt, failure, type Outcome, settled, success } from '../outcome.ts';
import type { Session } from '../session.ts';
import { connectionOptions } from '../settings.ts';
import { numberOf } from '../values.ts';
import type { CallContext, CallHandler } from './context.ts';

const SOCK_TYPE_MASK = 0xf;
const SOCK_NONBLOCK = CONSTANTS.SOCK_NONBLOCK ?? 0;

/** The number that the script expects, or the lowest free one. */
function numberFor(context: CallContext): number {
  const expected = numberOf(context.call.result);
  return expected === null || expected < 0 ? context.session.descriptors.free() : expected;
}

const socket: CallHandler = (context) => {
  const family = context.name(0);
  if (family === 'AF_INET6' || family === 'PF_INET6') context.refuse('IPv6 is not supported (AF_INET6)');
  const type = context.number(1, CONSTANTS.SOCK_STREAM ?? 1);
  const nonBlocking = (type & SOCK_NONBLOCK) !== 0;
  const kind = type & SOCK_TYPE_MASK;
  const protocol = context.number(2, 0);
  if (kind === CONSTANTS.SOCK_DGRAM) return open(context, newUdp(nonBlocking));
  if (kind !== CONSTANTS.SOCK_STREAM) return context.refuse('only SOCK_STREAM and SOCK_DGRAM are supported');
  if (protocol !== 0 && protocol !== CONSTANTS.IPPROTO_TCP) return context.refuse('of streams only TCP is supported');
  return open(context, newTcp(nonBlocking));
};

function open(context: CallContext, descriptor: TcpDescriptor | UdpDescriptor): Attempt {
  const number = numberFor(context);
  const added = context.session.descriptors.add(number, descriptor);
  return settled(added ? success(number) : success(context.session.descriptors.free(), `${number} is open already`));
}

const bind: CallHandler = (context) => {
  const { socket: descriptor, session } = context;
  if (!descriptor) return settled(failure('EBADF'));
  if (descriptor.port !== null) return settled(failure('EINVAL'));
  const port = context.address(1)?.port ?? session.settings.bindPort;
  if (descriptor.kind === 'udp') return settled(bindUdp(session, descriptor, port));
  descriptor.port = port;
  return settled(success());
};

function bindUdp(session: Session, descriptor: UdpDescriptor, port: number): Outcome {
  const id = session.descriptors.assignSocket(descriptor);
  const answer = session.machine.call({ call: 'udp.bind', socket: id, port });
  if (!answer.ok) return failure(answer.error);
  descriptor.port = answer.value;
  session.flows.open('udp', { localPort: answer.value, remotePort: session.settings.connectPort });
  return success();
}

/** Binds a UDP socket to an ephemeral port, when it is not bound yet. */
export function ensureUdp(session: Session, descriptor: UdpDescriptor): Outcome {
  return descriptor.port === null ? bindUdp(session, descriptor, 0) : success();
}

const listen: CallHandler = (context) => {
  const { socket: descriptor, session } = context;
  if (!descriptor) return settled(failure('EBADF'));
  if (descriptor.kind === 'udp') return settled(failure('EOPNOTSUPP'));
  if (descriptor.stage !== 'new' && descriptor.stage !== 'listening') return settled(failure('EINVAL'));
  if (descriptor.stage === 'listening') return settled(success());
  const id = session.descriptors.assignSocket(descriptor);
  const backlog = Math.max(1, context.number(1, 1));
  const port = descriptor.port ?? 0;
  const options = connectionOptions(session.settings, descriptor.options);
  const answer = session.machine.call({ call: 'tcp.listen', socket: id, port, backlog, options });
  if (!answer.ok) return settled(failure(answer.error));
  descriptor.stage = 'listening';
  descriptor.port = answer.value;
  session.flows.listeningPort = answer.value;
  return settled(success());
};

const accept: CallHandler = (context) => {
  const { socket: descriptor, session } = context;
  if (!descriptor) return settled(failure('EBADF'));
  if (descriptor.kind === 'udp') return settled(failure('EOPNOTSUPP'));
  return () => {
    if (descriptor.id === null || descriptor.stage !== 'listening') return failure('EINVAL');
    const flags = context.call.name === 'accept4' ? context.number(3, 0) : 0;
    const accepted = newTcp((flags & SOCK_NONBLOCK) !== 0);
    const id = session.descriptors.assignSocket(accepted);
    const answer = session.machine.call({ call: 'tcp.accept', socket: descriptor.id, as: id });
    if (!answer.ok) return answer.error === 'EAGAIN' ? null : failure(answer.error);
    accepted.stage = 'connected';
    accepted.connectTold = true;
    accepted.port = descriptor.port;
    const number = numberFor(context);
    return session.descriptors.add(number, accepted) ? success(number) : success(number, `${number} is open already`);
  };
};

const connect: CallHandler = (context) => {
  const { socket: descriptor, session } = context;
  if (!descriptor) return settled(failure('EBADF'));
  const to = context.address(1) ?? session.peer;
  if (descriptor.kind === 'udp') return settled(connectUdp(session, descriptor, to));
  if (descriptor.stage !== 'new') return reconnect(descriptor);
  const id = session.descriptors.assignSocket(descriptor);
  const options = connectionOptions(session.settings, descriptor.options);
  const port = descriptor.port ?? 0;
  const answer = session.machine.call({ call: 'tcp.connect', socket: id, to, port, options });
  if (!answer.ok) return settled(failure(answer.error));
  descriptor.stage = 'connecting';
  descriptor.port = answer.value;
  session.flows.open('tcp', { localPort: answer.value, remotePort: to.port });
  return () => {
    if (descriptor.stage !== 'connecting') return told(descriptor);
    return descriptor.nonBlocking ? failure('EINPROGRESS') : null;
  };
};

function reconnect(descriptor: TcpDescriptor): Attempt {
  if (descriptor.stage === 'connecting') return settled(failure('EALREADY'));
  return settled(descriptor.stage === 'listening' || descriptor.connectTold ? failure('EISCONN') : told(descriptor));
}

/** How a connection attempt has ended; told once. */
function told(descriptor: TcpDescriptor): Outcome {
  descriptor.connectTold = true;
  const { error } = descriptor;
  descriptor.error = null;
  return error === null ? success() : failure(error);
}

function connectUdp(session: Session, descriptor: UdpDescriptor, to: { address: string; port: number }): Outcome {
  const bound = ensureUdp(session, descriptor);
  if (bound.error !== null || descriptor.id === null) return bound;
  const answer = session.machine.call({ call: 'udp.connect', socket: descriptor.id, to });
  if (!answer.ok) return failure(answer.error);
  descriptor.peer = to;
  session.flows.open('udp', { localPort: descriptor.port ?? 0, remotePort: to.port });
  return success();
}

const shutdown: CallHandler = (context) => {
  const { socket: descriptor, session } = context;
  if (!descriptor) return settled(failure('EBADF'));
  const how = context.number(1, 1);
  if (descriptor.kind === 'udp') return settled(descriptor.peer ? success() : failure('ENOTCONN'));
  if (descriptor.id === null || !isConnected(session, descriptor)) return settled(failure('ENOTCONN'));
  if (how !== CONSTANTS.SHUT_WR) descriptor.readShut = true;
  if (how === CONSTANTS.SHUT_RD || descriptor.writeShut) return settled(success());
  descriptor.writeShut = true;
  const answer = session.machine.call({ call: 'tcp.shutdown', socket: descriptor.id });
  return settled(answer.ok ? success() : failure(answer.error));
};

/** Whether the connection still lives: in TIME-WAIT it does not, for its program. */
function isConnected(session: Session, descriptor: TcpDescriptor): boolean {
  if (descriptor.stage !== 'connected') return false;
  const state = session.viewOf(descriptor)?.state;
  return state !== undefined && state !== 'CLOSED' && state !== 'TIME-WAIT';
}

const close: CallHandler = (context) => {
  const { descriptor, session } = context;
  if (!descriptor) return settled(failure('EBADF'));
  session.descriptors.remove(context.number(0, -1));
  if (descriptor.kind === 'epoll' || descriptor.id === null) return settled(success());
  if (descriptor.kind === 'tcp' && descriptor.stage === 'listening') session.flows.listeningPort = null;
  session.machine.call(closing(descriptor, descriptor.id));
  return settled(success());
};

function closing(descriptor: TcpDescriptor | UdpDescriptor, socketId: number) {
  if (descriptor.kind === 'udp') return { call: 'udp.close', socket: socketId } as const;
  return { call: descriptor.resetOnClose ? 'tcp.abort' : 'tcp.close', socket: socketId } as const;
}

/** By the names that scripts call them by. */
export const OPENING_CALLS = { socket, bind, listen, accept, accept4: accept, connect, shutdown, close };
