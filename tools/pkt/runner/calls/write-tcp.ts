/** Writing to a connection, and holding back what a cork or MSG_MORE keeps. */
import type { TcpDescriptor } from '../descriptor.ts';
import { type Attempt, failure, type Outcome, settled, success } from '../outcome.ts';
import type { Session } from '../session.ts';

/** Most that a cork holds back; then it is sent whatever the cork says. */
const MAX_HELD_OCTETS = 1024 * 1024;
const LINUX_ACK_DELAY_US = 40_000;
const LINUX_CORK_US = 200_000;

/** Writes `bytes`. On a socket that may block the call ends when all of it was taken. */
export function writeTcp(session: Session, descriptor: TcpDescriptor, bytes: Uint8Array, more: boolean): Attempt {
  const refusal = refusalOf(session, descriptor);
  if (refusal) return settled(refusal);
  const size = session.viewOf(descriptor)?.mss ?? 0;
  if (more || descriptor.corked) return settled(hold(session, descriptor, bytes, size));
  beInteractive(session, descriptor);
  const held = takeHeld(descriptor);
  const all = joined([held, bytes]);
  let taken = 0;
  return () => {
    const wanted = all.length - taken;
    const answer = hand(session, descriptor, all.subarray(taken), true);
    if (typeof answer === 'string') return answer === 'EAGAIN' ? null : failure(answer);
    taken += answer;
    const done = answer === wanted || (descriptor.nonBlocking && taken > held.length);
    return done ? success(taken - held.length) : null;
  };
}

/** Linux acknowledges at once until its program answers what came; then it waits 40 ms for an answer to go along. */
function beInteractive({ settings, machine }: Session, descriptor: TcpDescriptor): void {
  if (settings.platform.name !== 'linux' || descriptor.id === null || descriptor.options.delayedAck !== undefined)
    return;
  descriptor.options = { ...descriptor.options, delayedAck: true };
  const options = { delayedAck: true, delayedAckUs: LINUX_ACK_DELAY_US };
  machine.call({ call: 'tcp.set', socket: descriptor.id, options });
}

function refusalOf(session: Session, descriptor: TcpDescriptor): Outcome | null {
  if (descriptor.writeShut) return failure('EPIPE');
  const { error } = descriptor;
  descriptor.error = null;
  if (error !== null) return failure(error);
  if (descriptor.stage === 'failed') return failure('EPIPE');
  if (descriptor.id === null || descriptor.stage === 'listening') return failure('EPIPE');
  return descriptor.stage === 'connecting' && session.viewOf(descriptor) === undefined ? failure('EPIPE') : null;
}

/** Octets that the stack took, or the name of an error. */
function hand(session: Session, descriptor: TcpDescriptor, bytes: Uint8Array, endsCall: boolean): number | string {
  if (descriptor.id === null) return 'EPIPE';
  const answer = session.machine.call({ call: 'tcp.send', socket: descriptor.id, bytes });
  if (!answer.ok) return answer.error;
  descriptor.written.append(bytes.subarray(0, answer.value), endsCall && answer.value === bytes.length);
  return answer.value;
}

/** Full segments go, the rest waits. */
function hold(session: Session, descriptor: TcpDescriptor, bytes: Uint8Array, size: number): Outcome {
  descriptor.held.push(bytes);
  const all = joined(descriptor.held);
  const full = size === 0 ? 0 : all.length - (all.length % size);
  const go = all.length > MAX_HELD_OCTETS ? all.length : full;
  descriptor.held = go === all.length ? [] : [all.subarray(go)];
  if (descriptor.held.length > 0) letGoInTime(session, descriptor);
  if (go > 0) hand(session, descriptor, all.subarray(0, go), false);
  return success(bytes.length);
}

/** Linux holds octets back for 200 ms at most (tcp(7)), from the first of them on. */
function letGoInTime(session: Session, descriptor: TcpDescriptor): void {
  if (session.settings.platform.name !== 'linux' || descriptor.heldUntilUs !== null) return;
  const until = session.machine.nowUs + LINUX_CORK_US;
  descriptor.heldUntilUs = until;
  session.machine.alarm(until, () => {
    if (descriptor.heldUntilUs === until) flushHeld(session, descriptor);
  });
}

/** Sends what is held back: the cork was pulled, or a call without MSG_MORE comes. */
export function flushHeld(session: Session, descriptor: TcpDescriptor): void {
  const all = takeHeld(descriptor);
  // Linux does not mark the end of what was held back with PSH; others do.
  if (all.length > 0) hand(session, descriptor, all, false);
}

function takeHeld(descriptor: TcpDescriptor): Uint8Array {
  const all = joined(descriptor.held);
  descriptor.held = [];
  descriptor.heldUntilUs = null;
  return all;
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
