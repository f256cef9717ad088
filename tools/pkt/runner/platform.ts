/** Scripts are written for a system; where its defaults differ from those of the RFCs, the script relies on them. */
import type { TcpOptions } from '../../../web/lab/stack/options.ts';
import type { Script } from '../language/script.ts';

/** The system a script was written for, and the defaults of its TCP that our options can express. */
export interface Platform {
  readonly name: 'rfc' | 'linux' | 'freebsd';
  readonly tcp: Partial<TcpOptions>;
}

const MILLISECOND_US = 1_000;

/**
 * `rfc`: the stack's own defaults. `linux`: 200 ms minimum RTO, an ACK at once for what comes first (quick ACK), window
 * scale 7, CUBIC, a window that opens by what is acknowledged. `freebsd`: 230 ms minimum RTO (30 ms and 200 ms of slop), ACKs delayed by 40 ms, buffers of 64 and 32 KiB,
 * window scale 6, two segments for an ACK in slow start. Both end a connect at any ICMP error.
 */
export const PLATFORMS: Readonly<Record<Platform['name'], Platform>> = {
  rfc: { name: 'rfc', tcp: {} },
  linux: {
    name: 'linux',
    tcp: {
      minRtoUs: 200 * MILLISECOND_US,
      delayedAck: false,
      receiveBufferBytes: 6 * 1024 * 1024,
      sendBufferBytes: 4 * 1024 * 1024,
      windowShift: 7,
      congestionControl: 'cubic',
      slowStartSegments: 1_000,
      icmpErrors: 'all',
    },
  },
  freebsd: {
    name: 'freebsd',
    tcp: {
      minRtoUs: 230 * MILLISECOND_US,
      delayedAckUs: 40 * MILLISECOND_US,
      receiveBufferBytes: 64 * 1024,
      sendBufferBytes: 32 * 1024,
      windowShift: 6,
      slowStartSegments: 2,
      icmpErrors: 'all',
    },
  },
};

const FREEBSD = /\bnet\.inet\.|\bkern\.ipc\.|\bsockstat\b/;
const LINUX = /\bnet[./]ipv4[./]|\/proc\/sys\/|defaults(?:-linux)?\.sh|\bss -|\bnstat\b|\btc qdisc\b/;

/** Tells from a script's shell commands what it was written for; `rfc` where they say nothing. */
export function platformOf(script: Script): Platform {
  const commands = script.events.flatMap((event) => (event.action === 'command' ? [event.command] : [])).join('\n');
  if (FREEBSD.test(commands)) return PLATFORMS.freebsd;
  return LINUX.test(commands) ? PLATFORMS.linux : PLATFORMS.rfc;
}
