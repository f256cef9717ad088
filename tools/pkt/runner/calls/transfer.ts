/** read, write and their relatives. */
import { type Expression, fieldOf } from '../../language/expression.ts';
import { CONSTANTS } from '../constants.ts';
import type { TcpDescriptor, UdpDescriptor } from '../descriptor.ts';
import { firstDifference, patternOctets } from '../octets.ts';
import { type Attempt, failure, type Outcome, settled, success } from '../outcome.ts';
import type { Session } from '../session.ts';
import { numberOf } from '../values.ts';
import type { CallContext, CallHandler } from './context.ts';
import { ensureUdp } from './open.ts';
import { writeTcp } from './write-tcp.ts';

/** Where a call has its buffer, its flags and its address; `vectors`: it has several buffers. */
interface Shape {
  readonly flags: number | null;
  readonly address: number | null;
  readonly vectors: 'none' | 'array' | 'message';
}

const SHAPES: Readonly<Record<string, Shape>> = {
  read: { flags: null, address: null, vectors: 'none' },
  write: { flags: null, address: null, vectors: 'none' },
  recv: { flags: 3, address: null, vectors: 'none' },
  send: { flags: 3, address: null, vectors: 'none' },
  recvfrom: { flags: 3, address: 4, vectors: 'none' },
  sendto: { flags: 3, address: 4, vectors: 'none' },
  readv: { flags: null, address: null, vectors: 'array' },
  writev: { flags: null, address: null, vectors: 'array' },
  recvmsg: { flags: 2, address: null, vectors: 'message' },
  sendmsg: { flags: 2, address: null, vectors: 'message' },
};

const UNSUPPORTED_FLAGS = ['MSG_OOB', 'MSG_ERRQUEUE', 'MSG_ZEROCOPY', 'MSG_FASTOPEN', 'MSG_PEEK'];

/** A buffer of a call: its length, and what the script says of its content. */
interface Buffer {
  readonly length: number;
  readonly content: Expression;
}

function shapeOf(context: CallContext): Shape {
  return SHAPES[context.call.name] ?? context.refuse(`the call ${context.call.name} is not supported`);
}

function flagsOf(context: CallContext, shape: Shape): number {
  const flags = shape.flags === null ? 0 : context.number(shape.flags, 0);
  for (const name of UNSUPPORTED_FLAGS)
    if ((flags & (CONSTANTS[name] ?? 0)) !== 0) context.refuse(`the flag ${name} is not supported`);
  return flags;
}

function buffersOf(context: CallContext, shape: Shape): readonly Buffer[] {
  if (shape.vectors === 'none') return [{ length: context.number(2, 0), content: context.argument(1) }];
  const list = shape.vectors === 'array' ? context.argument(1) : vectorsOf(context);
  if (list.kind !== 'list') return context.refuse('expected a list of buffers, like [{..., 1000}]');
  return list.items.map((item) => {
    const fields = item.kind === 'fields' ? item.fields : context.refuse('expected a buffer, like {..., 1000}');
    const content = fields[0]?.value;
    const length = fields[1]?.value;
    return content && length ? { content, length: numberOf(length) ?? 0 } : context.refuse('a buffer has a length');
  });
}

function vectorsOf(context: CallContext): Expression {
  const message = context.argument(1);
  if (message.kind !== 'fields') return context.refuse('expected a message with msg_iov');
  const control = fieldOf(message.fields, 'msg_control');
  if (control?.kind === 'list' && control.items.length > 0)
    return context.refuse('control messages (msg_control) are not supported');
  return fieldOf(message.fields, 'msg_iov') ?? context.refuse('expected a message with msg_iov');
}

const receive: CallHandler = (context) => {
  const shape = shapeOf(context);
  const flags = flagsOf(context, shape);
  const buffers = buffersOf(context, shape);
  const descriptor = context.socket;
  if (!descriptor) return settled(failure('EBADF'));
  const attempt: Attempt =
    descriptor.kind === 'udp'
      ? () => readUdp(descriptor, buffers)
      : () => readTcp(context.session, descriptor, buffers);
  return unlessBlocking(descriptor, flags, attempt);
};

const send: CallHandler = (context) => {
  const shape = shapeOf(context);
  const flags = flagsOf(context, shape);
  const buffers = buffersOf(context, shape);
  const descriptor = context.socket;
  if (!descriptor) return settled(failure('EBADF'));
  if (descriptor.kind === 'udp') return settled(writeUdp(context, descriptor, buffers, shape));
  if (buffers.some(isNull)) return settled(failure('EFAULT'));
  const more = (flags & (CONSTANTS.MSG_MORE ?? 0)) !== 0;
  const bytes = outgoing(buffers, (length, before) => descriptor.written.next(before + length).subarray(before));
  return unlessBlocking(descriptor, flags, writeTcp(context.session, descriptor, bytes, more));
};

/** A buffer that is no memory: the kernel finds out when it has something to copy. */
function isNull({ content, length }: Buffer): boolean {
  return length > 0 && content.kind === 'word' && content.name === 'NULL';
}

/** A call that would block fails with EAGAIN on a socket that may not. */
function unlessBlocking(descriptor: TcpDescriptor | UdpDescriptor, flags: number, attempt: Attempt): Attempt {
  const mayBlock = !descriptor.nonBlocking && (flags & (CONSTANTS.MSG_DONTWAIT ?? 0)) === 0;
  return mayBlock ? attempt : () => attempt() ?? failure('EAGAIN');
}

/** The octets of all buffers; `filler` makes those that the script does not spell out. */
function outgoing(buffers: readonly Buffer[], filler: (length: number, before: number) => Uint8Array): Uint8Array {
  const bytes = new Uint8Array(buffers.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const { length, content } of buffers) {
    const octets = content.kind === 'text' ? new TextEncoder().encode(content.text) : filler(length, at);
    bytes.set(octets.subarray(0, length), at);
    at += length;
  }
  return bytes;
}

function readTcp(session: Session, descriptor: TcpDescriptor, buffers: readonly Buffer[]): Outcome | null {
  if (descriptor.id === null || descriptor.stage === 'listening') return failure('ENOTCONN');
  const max = buffers.reduce((sum, { length }) => sum + length, 0);
  descriptor.irs ??= session.viewOf(descriptor)?.irs ?? null;
  const answer = session.machine.call({ call: 'tcp.receive', socket: descriptor.id, max });
  if (answer.ok && answer.bytes.length > 0) {
    const mismatch = contentMismatch(descriptor, answer.bytes, buffers);
    descriptor.readOctets += answer.bytes.length;
    return success(answer.bytes.length, mismatch);
  }
  const { error } = descriptor;
  descriptor.error = null;
  if (error !== null) return failure(error);
  if ((answer.ok && answer.end) || descriptor.readShut || descriptor.stage === 'failed' || max === 0) return success(0);
  return answer.ok || answer.error === 'EAGAIN' ? null : failure(answer.error);
}

function contentMismatch(descriptor: TcpDescriptor, bytes: Uint8Array, buffers: readonly Buffer[]): string | null {
  const said = buffers[0]?.content;
  const expected =
    said?.kind === 'text'
      ? new TextEncoder().encode(said.text).subarray(0, said.open ? bytes.length : undefined)
      : patternOctets(((descriptor.irs ?? 0) + 1 + descriptor.readOctets) % 2 ** 32, bytes.length);
  const at = firstDifference(expected, said?.kind === 'text' && said.open ? bytes.subarray(0, expected.length) : bytes);
  return at === null ? null : `octet ${descriptor.readOctets + at} of the stream is not the one that was sent`;
}

function readUdp(descriptor: UdpDescriptor, buffers: readonly Buffer[]): Outcome | null {
  const { error } = descriptor;
  descriptor.error = null;
  if (error !== null) return failure(error);
  const max = buffers.reduce((sum, { length }) => sum + length, 0);
  const datagram = descriptor.datagrams.shift();
  return datagram ? success(Math.min(max, datagram.bytes.length)) : null;
}

function writeUdp(context: CallContext, descriptor: UdpDescriptor, buffers: readonly Buffer[], shape: Shape): Outcome {
  const { session } = context;
  const { error } = descriptor;
  descriptor.error = null;
  if (error !== null) return failure(error);
  const hasAddress = shape.address !== null && context.call.arguments.length > shape.address;
  const named = hasAddress ? (context.address(shape.address ?? 0) ?? session.peer) : null;
  const to = descriptor.peer === null ? named : null;
  if (descriptor.peer === null && to === null) return failure('EDESTADDRREQ');
  const bound = ensureUdp(session, descriptor);
  if (bound.error !== null || descriptor.id === null) return bound;
  if (to !== null) session.flows.open('udp', { localPort: descriptor.port ?? 0, remotePort: to.port });
  const bytes = outgoing(buffers, (length) => patternOctets(0, length));
  const answer = session.machine.call({ call: 'udp.send', socket: descriptor.id, bytes, ...(to ? { to } : {}) });
  return answer.ok ? success(bytes.length) : failure(answer.error);
}

/** By the names that scripts call them by. */
export const TRANSFER_CALLS = {
  read: receive,
  recv: receive,
  recvfrom: receive,
  readv: receive,
  recvmsg: receive,
  write: send,
  send,
  sendto: send,
  writev: send,
  sendmsg: send,
};
