/** setsockopt, getsockopt, fcntl, ioctl. */
import { type Expression, fieldOf } from '../../language/expression.ts';
import { CONSTANTS, errnoName } from '../constants.ts';
import type { TcpDescriptor, UdpDescriptor } from '../descriptor.ts';
import { failure, type Outcome, settled, success } from '../outcome.ts';
import { connectionOptions } from '../settings.ts';
import { tcpInfo } from '../tcp-info.ts';
import { isExpected, numberOf } from '../values.ts';
import type { CallContext, CallHandler } from './context.ts';
import { CORKS, MAPPED, STORED, SWITCHES } from './socket-options.ts';
import { flushHeld } from './write-tcp.ts';

const FREEBSD_NONBLOCK = 0x4;

const setsockopt: CallHandler = (context) => {
  const descriptor = context.socket;
  if (!descriptor) return settled(failure('EBADF'));
  const name = optionName(context);
  const value = context.argument(3);
  if (name === 'SO_LINGER') return settled(setLinger(descriptor, value, context));
  if (name === 'TCP_CONGESTION') return settled(setCongestion(context, descriptor, value));
  const number = value.kind === 'text' ? 0 : (numberOf(value) ?? 0);
  return settled(setNumber(context, descriptor, name, number));
};

function optionName(context: CallContext): string {
  return context.name(2) ?? context.refuse('expected the name of a socket option');
}

function setNumber(
  context: CallContext,
  descriptor: TcpDescriptor | UdpDescriptor,
  name: string,
  value: number,
): Outcome {
  descriptor.stored.set(name, value);
  if (STORED.has(name)) return success();
  if (descriptor.kind === 'udp') return name in MAPPED ? success() : context.refuse(`${name} of UDP is not supported`);
  if (CORKS.has(name)) return setCork(context, descriptor, value !== 0);
  const mapped = MAPPED[name];
  const toggle = SWITCHES[name];
  if (mapped)
    return setOption(context, descriptor, { [mapped.option]: bufferFactor(context, name) * value * mapped.unit });
  if (!toggle) return context.refuse(`the socket option ${name} is not supported`);
  const outcome = setOption(context, descriptor, { [toggle.option]: (value !== 0) !== toggle.inverted });
  // Without Nagle's algorithm nothing is held back, a cork's octets neither.
  if (name === 'TCP_NODELAY' && value !== 0) flushHeld(context.session, descriptor);
  return outcome;
}

/** Linux doubles what is asked for, for its bookkeeping. */
function bufferFactor({ session }: CallContext, name: string): number {
  return session.settings.platform.name === 'linux' && /BUF/.test(name) ? 2 : 1;
}

function setOption(context: CallContext, descriptor: TcpDescriptor, options: TcpDescriptor['options']): Outcome {
  descriptor.options = { ...descriptor.options, ...options };
  if (descriptor.id === null) return success();
  const answer = context.session.machine.call({ call: 'tcp.set', socket: descriptor.id, options });
  return answer.ok ? success() : failure(answer.error);
}

function setCork({ session }: CallContext, descriptor: TcpDescriptor, corked: boolean): Outcome {
  descriptor.corked = corked;
  if (!corked) flushHeld(session, descriptor);
  return success();
}

function setLinger(descriptor: TcpDescriptor | UdpDescriptor, value: Expression, context: CallContext): Outcome {
  const fields = value.kind === 'fields' ? value.fields : listFields(value, context);
  const on = fieldOf(fields, 'onoff') ?? fieldOf(fields, 'l_onoff');
  const seconds = fieldOf(fields, 'linger') ?? fieldOf(fields, 'l_linger');
  if (descriptor.kind === 'tcp')
    descriptor.resetOnClose = on !== null && seconds !== null && numberOf(on) !== 0 && numberOf(seconds) === 0;
  return success();
}

function listFields(value: Expression, context: CallContext) {
  const first = value.kind === 'list' ? value.items[0] : undefined;
  return first?.kind === 'fields' ? first.fields : context.refuse('expected {onoff=1, linger=0}');
}

function setCongestion(context: CallContext, descriptor: TcpDescriptor | UdpDescriptor, value: Expression): Outcome {
  const text = value.kind === 'list' ? value.items[0] : value;
  const name = text?.kind === 'text' ? text.text : '';
  if (descriptor.kind === 'udp') return failure('ENOPROTOOPT');
  if (name !== 'reno' && name !== 'newreno' && name !== 'cubic')
    return context.refuse(`the congestion control "${name}" is not supported`);
  return setOption(context, descriptor, { congestionControl: name === 'cubic' ? 'cubic' : 'reno' });
}

const getsockopt: CallHandler = (context) => {
  const descriptor = context.socket;
  if (!descriptor) return settled(failure('EBADF'));
  const name = optionName(context);
  const expected = context.argument(3);
  if (name === 'TCP_INFO') return settled(getInfo(context, descriptor, expected));
  if (name === 'TCP_CONGESTION' || expected.kind === 'any') return settled(success());
  const actual = optionValue(context, descriptor, name);
  if (isExpected(expected, actual)) return settled(success());
  const shown = name === 'SO_ERROR' && actual !== 0 ? errnoName(actual) : String(actual);
  return settled(success(0, `${name} is ${shown}, not ${numberOf(expected)}`));
};

function optionValue(context: CallContext, descriptor: TcpDescriptor | UdpDescriptor, name: string): number {
  if (name === 'SO_ERROR') {
    const error = descriptor.error === null ? 0 : (CONSTANTS[descriptor.error] ?? -1);
    descriptor.error = null;
    return error;
  }
  if (name === 'SO_TYPE') return (descriptor.kind === 'tcp' ? CONSTANTS.SOCK_STREAM : CONSTANTS.SOCK_DGRAM) ?? 0;
  if (name === 'SO_ACCEPTCONN') return descriptor.kind === 'tcp' && descriptor.stage === 'listening' ? 1 : 0;
  if (STORED.has(name) || CORKS.has(name)) return descriptor.stored.get(name) ?? 0;
  return descriptor.kind === 'tcp' ? tcpValue(context, descriptor, name) : (descriptor.stored.get(name) ?? 0);
}

function tcpValue(context: CallContext, descriptor: TcpDescriptor, name: string): number {
  const { settings } = context.session;
  const unconnected = { ...settings.tcp, ...descriptor.options };
  const options = descriptor.stage === 'connected' ? connectionOptions(settings, descriptor.options) : unconnected;
  const mapped = MAPPED[name];
  const toggle = SWITCHES[name];
  if (name === 'TCP_MAXSEG') return context.session.viewOf(descriptor)?.mss ?? options.mss ?? 536;
  if (mapped) return Number(options[mapped.option]) / mapped.unit;
  if (toggle) return options[toggle.option] !== toggle.inverted ? 1 : 0;
  return context.refuse(`the socket option ${name} is not supported`);
}

/** `{tcpi_state=TCPS_TIME_WAIT, tcpi_options=...}`. */
function getInfo(context: CallContext, descriptor: TcpDescriptor | UdpDescriptor, expected: Expression): Outcome {
  const fields =
    expected.kind === 'fields' ? expected.fields : expected.kind === 'any' ? [] : listFields(expected, context);
  const view = descriptor.kind === 'tcp' ? context.session.viewOf(descriptor) : undefined;
  const info = view ? tcpInfo(view) : { tcpi_state: CONSTANTS.TCP_CLOSE ?? 7 };
  for (const { name, value } of fields) {
    const actual = info[name as keyof typeof info];
    if (value.kind === 'any') continue;
    if (actual === undefined) return context.refuse(`${name} is not supported`);
    if (!isExpected(value, actual)) return success(0, `${name} is ${actual}, not ${numberOf(value)}`);
  }
  return success();
}

const fcntl: CallHandler = (context) => {
  const descriptor = context.socket;
  if (!descriptor) return settled(failure('EBADF'));
  const command = context.name(1);
  const isFreeBsd = context.session.settings.platform.name === 'freebsd';
  const nonBlock = CONSTANTS.O_NONBLOCK ?? 0;
  if (command === 'F_GETFL') {
    const flag = isFreeBsd ? FREEBSD_NONBLOCK : nonBlock;
    return settled(success((CONSTANTS.O_RDWR ?? 2) | (descriptor.nonBlocking ? flag : 0)));
  }
  if (command !== 'F_SETFL') return context.refuse(`fcntl with ${command ?? 'this command'} is not supported`);
  descriptor.nonBlocking = (context.number(2, 0) & nonBlock) !== 0;
  return settled(success());
};

const ioctl: CallHandler = (context) => {
  const descriptor = context.socket;
  if (!descriptor) return settled(failure('EBADF'));
  const request = context.name(1) ?? '';
  if (request === 'FIONBIO') {
    descriptor.nonBlocking = context.number(2, 0) !== 0;
    return settled(success());
  }
  const view = descriptor.kind === 'tcp' ? context.session.viewOf(descriptor) : undefined;
  const values: Readonly<Record<string, number>> = {
    FIONREAD: view?.unread ?? 0,
    SIOCINQ: view?.unread ?? 0,
    FIONWRITE: view?.queued ?? 0,
    SIOCOUTQ: view?.queued ?? 0,
    TIOCOUTQ: view?.queued ?? 0,
  };
  const actual = values[request] ?? context.refuse(`ioctl with ${request} is not supported`);
  const matches = isExpected(context.argument(2), actual);
  return settled(success(0, matches ? null : `${request} is ${actual}`));
};

/** By the names that scripts call them by. */
export const OPTION_CALLS = { setsockopt, getsockopt, fcntl, ioctl };
