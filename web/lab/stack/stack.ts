/** The stack's door: make a host, step it, copy it, look at it. */
export type { Answer, Call, SocketAddress, SocketId } from './calls.ts';
export type { HostEvent, HostStep, OutgoingPacket } from './host.ts';
export { createHost, type HostState, snapshot } from './host-state.ts';
export type { Notice } from './notices.ts';
export type { HostOptions, TcpOptions } from './options.ts';
export { DEFAULT_TCP_OPTIONS } from './options.ts';
export { step } from './step.ts';
export type { TcpView } from './tcp-view.ts';
export { numbersOf, viewOf } from './view.ts';
