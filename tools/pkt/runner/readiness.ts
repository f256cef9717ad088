/** What poll and epoll tell of a socket. */
import { CONSTANTS } from './constants.ts';
import type { Descriptor, TcpDescriptor } from './descriptor.ts';
import type { Session } from './session.ts';

const IN = CONSTANTS.POLLIN ?? 0;
const OUT = CONSTANTS.POLLOUT ?? 0;
const ERROR = CONSTANTS.POLLERR ?? 0;
const HANG_UP = CONSTANTS.POLLHUP ?? 0;
const PEER_CLOSED = CONSTANTS.POLLRDHUP ?? 0;
const READ_NORMAL = CONSTANTS.POLLRDNORM ?? 0;
const WRITE_NORMAL = CONSTANTS.POLLWRNORM ?? 0;

/** Told whether asked for or not. */
const ALWAYS = ERROR | HANG_UP;

/** States in which the peer has sent its FIN. */
const AFTER_FIN: ReadonlySet<string> = new Set(['CLOSE-WAIT', 'LAST-ACK', 'CLOSING', 'TIME-WAIT']);

/** Of the events asked for, those that hold now; errors and hang-ups always. */
export function readiness(session: Session, descriptor: Descriptor, asked: number): number {
  if (descriptor.kind === 'epoll') return 0;
  const error = descriptor.error === null ? 0 : ERROR;
  const now =
    descriptor.kind === 'tcp'
      ? ofTcp(session, descriptor) | error
      : (descriptor.datagrams.length > 0 ? IN | READ_NORMAL : 0) | OUT | WRITE_NORMAL | error;
  return now & (asked | ALWAYS);
}

function ofTcp(session: Session, descriptor: TcpDescriptor): number {
  if (descriptor.stage === 'new') return OUT | HANG_UP;
  if (descriptor.stage === 'failed') return IN | OUT | HANG_UP | PEER_CLOSED | READ_NORMAL | WRITE_NORMAL;
  if (descriptor.stage === 'listening') return isAcceptable(session, descriptor) ? IN | READ_NORMAL : 0;
  const view = session.viewOf(descriptor);
  if (descriptor.stage === 'connecting') return 0;
  if (!view) return IN | OUT | HANG_UP | READ_NORMAL;
  const ended = AFTER_FIN.has(view.state) || descriptor.readShut;
  const room = view.queued < (descriptor.options.sendBufferBytes ?? session.settings.tcp.sendBufferBytes);
  const readable = view.unread > 0 || ended ? IN | READ_NORMAL : 0;
  const bothEnded = ended && descriptor.writeShut ? HANG_UP : 0;
  return readable | (room ? OUT | WRITE_NORMAL : 0) | (ended ? PEER_CLOSED : 0) | bothEnded;
}

/** A connection on a listener's port that is established and has no socket yet waits to be accepted. */
function isAcceptable(session: Session, listener: TcpDescriptor): boolean {
  const waiting = ['ESTABLISHED', 'CLOSE-WAIT'];
  return session.machine
    .views()
    .some(({ socket, local, state }) => socket === null && local.port === listener.port && waiting.includes(state));
}
