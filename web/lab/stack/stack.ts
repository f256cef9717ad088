/** The stack's door: make a host, step it, copy it, look at it. */
export type { Because, RuleId } from './because.ts';
export { RULES } from './because.ts';
export type { Answer, Call, SocketAddress, SocketError, SocketId } from './calls.ts';
export { fragment } from './fragment.ts';
export type { Discard, HostEvent, HostStep, OutgoingPacket } from './host.ts';
export { createHost, type HostState, snapshot } from './host-state.ts';
export type { Notice, TcpState } from './notices.ts';
export type { CongestionControlName, HostOptions, IcmpErrors, TcpOptions } from './options.ts';
export { DEFAULT_TCP_OPTIONS } from './options.ts';
export { step } from './step.ts';
export type { TcpNumbers, TcpTimerName, TcpView } from './tcp-view.ts';
export { SECOND_US, type SimTime } from './time.ts';
export { numbersOf, type UdpView, udpViewOf, viewOf } from './view.ts';
