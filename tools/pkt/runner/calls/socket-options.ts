/** Socket options, by the names that scripts use. */
import type { TcpOptions } from '../../../../web/lab/stack/stack.ts';

/** An option that is one of the stack's: its name there, and how many of the stack's units one of the option's is. */
interface Mapped {
  readonly option: keyof TcpOptions;
  readonly unit: number;
}

const SECOND_US = 1_000_000;

/** Options with a number that the stack has too. */
export const MAPPED: Readonly<Record<string, Mapped>> = {
  SO_RCVBUF: { option: 'receiveBufferBytes', unit: 1 },
  SO_RCVBUFFORCE: { option: 'receiveBufferBytes', unit: 1 },
  SO_SNDBUF: { option: 'sendBufferBytes', unit: 1 },
  SO_SNDBUFFORCE: { option: 'sendBufferBytes', unit: 1 },
  TCP_KEEPIDLE: { option: 'keepAliveIdleUs', unit: SECOND_US },
  TCP_KEEPINTVL: { option: 'keepAliveIntervalUs', unit: SECOND_US },
  TCP_KEEPCNT: { option: 'keepAliveProbes', unit: 1 },
  TCP_SYNCNT: { option: 'synRetries', unit: 1 },
  TCP_MAXSEG: { option: 'mss', unit: 1 },
};

/** Options that switch one of the stack's on, or off where `inverted`. */
export const SWITCHES: Readonly<Record<string, { readonly option: keyof TcpOptions; readonly inverted: boolean }>> = {
  TCP_NODELAY: { option: 'nagle', inverted: true },
  SO_KEEPALIVE: { option: 'keepAlive', inverted: false },
  TCP_QUICKACK: { option: 'delayedAck', inverted: true },
};

/** Options that hold data back. */
export const CORKS: ReadonlySet<string> = new Set(['TCP_CORK', 'TCP_NOPUSH']);

/** Options that change nothing of what a host on a simulated wire sends; they are answered as they were set. */
export const STORED: ReadonlySet<string> = new Set([
  'SO_REUSEADDR',
  'SO_REUSEPORT',
  'SO_DEBUG',
  'SO_DONTROUTE',
  'SO_OOBINLINE',
  'SO_PRIORITY',
  'SO_MARK',
  'SO_BINDTODEVICE',
  'SO_NOSIGPIPE',
  'SO_INCOMING_CPU',
  'SO_BUSY_POLL',
  'SO_MAX_PACING_RATE',
  'TCP_NOTSENT_LOWAT',
  'TCP_FUNCTION_BLK',
  'TCP_LOG',
  'IP_RECVERR',
  'IP_BIND_ADDRESS_NO_PORT',
]);
