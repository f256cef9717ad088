/** `sysctl` variables of Linux and FreeBSD, as options of our stack. */
import type { CongestionControlName } from '../../../web/lab/stack/options.ts';
import type { MutableTcpOptions } from './settings.ts';
import type { Sysctl } from './sysctl.ts';

type Setter = (tcp: MutableTcpOptions, value: number, text: string) => void;

const MILLISECOND_US = 1_000;
/** RFC 7323 §2.3. */
const MAX_SHIFT = 14;
const SECOND_US = 1_000_000;

const flag =
  (name: 'windowScale' | 'timestamps' | 'sack' | 'delayedAck' | 'keepAlive'): Setter =>
  (tcp, value) => {
    tcp[name] = value !== 0;
  };

type NumberName =
  | 'delayedAckUs'
  | 'initialRtoUs'
  | 'minRtoUs'
  | 'maxRtoUs'
  | 'mslUs'
  | 'synRetries'
  | 'dataRetries'
  | 'keepAliveIdleUs'
  | 'keepAliveIntervalUs'
  | 'keepAliveProbes'
  | 'initialWindowSegments'
  | 'slowStartSegments'
  | 'receiveBufferBytes'
  | 'sendBufferBytes';

const count =
  (name: NumberName, unit = 1): Setter =>
  (tcp, value) => {
    tcp[name] = value * unit;
  };

/** The last of `least default most`. */
const largest = (text: string) => Number(text.trim().split(/\s+/).at(-1));

/** Windows are scaled so that the largest buffer there may be can be said in 16 bits. */
const scaleFor = (tcp: MutableTcpOptions, octets: number) => {
  tcp.windowShift = Math.max(0, Math.min(MAX_SHIFT, Math.floor(Math.log2(octets)) - 15));
};

const congestionControl: Setter = (tcp, _, text) => {
  const names: Readonly<Record<string, CongestionControlName>> = { reno: 'reno', newreno: 'reno', cubic: 'cubic' };
  tcp.congestionControl = names[text] ?? tcp.congestionControl;
};

/** "Insecure" means: as before RFC 5961. */
const insecure: Setter = (tcp, value) => {
  tcp.challengeAck = value === 0;
};

/** What FreeBSD adds to every retransmission timeout, `net.inet.tcp.rexmit_slop`. */
const FREEBSD_SLOP_MS = 200;

const SETTERS: Readonly<Record<string, Setter>> = {
  'net.ipv4.tcp_timestamps': flag('timestamps'),
  'net.ipv4.tcp_sack': flag('sack'),
  'net.ipv4.tcp_window_scaling': flag('windowScale'),
  'net.ipv4.tcp_rmem': (tcp, _, text) => {
    tcp.receiveBufferBytes = largest(text);
    scaleFor(tcp, tcp.receiveBufferBytes);
  },
  'net.ipv4.tcp_wmem': (tcp, _, text) => {
    tcp.sendBufferBytes = largest(text);
  },
  'kern.ipc.maxsockbuf': scaleFor,
  'net.ipv4.tcp_syn_retries': count('synRetries'),
  'net.ipv4.tcp_synack_retries': count('synRetries'),
  'net.ipv4.tcp_retries2': count('dataRetries'),
  'net.ipv4.tcp_congestion_control': congestionControl,
  'net.ipv4.tcp_keepalive_time': count('keepAliveIdleUs', SECOND_US),
  'net.ipv4.tcp_keepalive_intvl': count('keepAliveIntervalUs', SECOND_US),
  'net.ipv4.tcp_keepalive_probes': count('keepAliveProbes'),
  'net.ipv4.tcp_rto_min_us': count('minRtoUs'),
  'net.ipv4.tcp_rto_max_ms': count('maxRtoUs', MILLISECOND_US),
  'net.inet.tcp.rfc1323': (tcp, value) => {
    tcp.windowScale = value === 1 || value === 2;
    tcp.timestamps = value === 1 || value === 3;
  },
  'net.inet.tcp.sack.enable': flag('sack'),
  'net.inet.tcp.recvspace': count('receiveBufferBytes'),
  'net.inet.tcp.sendspace': count('sendBufferBytes'),
  'net.inet.tcp.delayed_ack': flag('delayedAck'),
  'net.inet.tcp.delacktime': count('delayedAckUs', MILLISECOND_US),
  'net.inet.tcp.rexmit_initial': count('initialRtoUs', MILLISECOND_US),
  'net.inet.tcp.rexmit_min': (tcp, value) => {
    tcp.minRtoUs = (value + FREEBSD_SLOP_MS) * MILLISECOND_US;
  },
  'net.inet.tcp.msl': count('mslUs', MILLISECOND_US),
  'net.inet.tcp.always_keepalive': flag('keepAlive'),
  'net.inet.tcp.keepidle': count('keepAliveIdleUs', MILLISECOND_US),
  'net.inet.tcp.keepintvl': count('keepAliveIntervalUs', MILLISECOND_US),
  'net.inet.tcp.keepcnt': count('keepAliveProbes'),
  'net.inet.tcp.initcwnd_segments': count('initialWindowSegments'),
  'net.inet.tcp.cc.algorithm': congestionControl,
  'net.inet.tcp.icmp_may_rst': (tcp, value) => {
    tcp.icmpErrors = value === 0 ? 'ignore' : 'all';
  },
  'net.inet.tcp.abc_l_var': count('slowStartSegments'),
  'net.inet.tcp.insecure_rst': insecure,
  'net.inet.tcp.insecure_syn': insecure,
};

/** Sets what a sysctl stands for; `false` when our stack has nothing for it, or the value is no number it takes. */
export function applySysctl(tcp: MutableTcpOptions, { name, value }: Sysctl): boolean {
  const setter = SETTERS[name];
  if (!setter) return false;
  setter(tcp, Number(value), value);
  return true;
}

/** `ip route … initcwnd 3 rto_min 1s`. */
export function applyRoute(tcp: MutableTcpOptions, command: string): boolean {
  if (!/\bip\s+(?:-\d\s+)?route\b/.test(command)) return false;
  const segments = /\binitcwnd\s+(\d+)/.exec(command)?.[1];
  const rto = /\brto_min\s+(?:lock\s+)?(\d+)(ms|s)?/.exec(command);
  if (segments !== undefined) tcp.initialWindowSegments = Number(segments);
  if (rto) tcp.minRtoUs = Number(rto[1]) * (rto[2] === 's' ? SECOND_US : MILLISECOND_US);
  return segments !== undefined || rto !== null;
}
