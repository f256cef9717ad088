/** What a script asks of the host it runs on: its option lines and its `sysctl` lines. */
import { DEFAULT_TCP_OPTIONS, type TcpOptions } from '../../../web/lab/stack/options.ts';
import { ScriptProblem } from '../language/problem.ts';
import type { Script, ScriptOption } from '../language/script.ts';
import { expectedWindowShift, negotiatedSize } from './handshake.ts';
import type { Platform } from './platform.ts';

/** A TCP endpoint's options as they are being put together. */
export type MutableTcpOptions = { -readonly [Name in keyof TcpOptions]: TcpOptions[Name] };

/** Times in microseconds. */
export interface Settings {
  platform: Platform;
  localAddress: string;
  remoteAddress: string;
  /** Of the socket that a script binds with `...`; and of the peer that it connects to with `...`. */
  bindPort: number;
  connectPort: number;
  mtu: number;
  /** How far a packet may be from its time, absolute and in percent of the time since the event before. */
  toleranceUs: number;
  tolerancePercent: number;
  /** Whether segments are compared one by one, not what several carry together. */
  strictSegments: boolean;
  /** Microseconds of a tick of the timestamps in expected segments; 0: their values are not compared. */
  timestampTickUs: number;
  tcp: MutableTcpOptions;
  /** Octets of a full segment, as the handshake in the script agrees on them; `null`: there is none. */
  segmentSize: number | null;
}

const DEFAULT_TOLERANCE_US = 4_000;
const DEFAULT_TOLERANCE_PERCENT = 12.5;
/** The private and the documentation network that packetdrill uses: RFC 1918, RFC 5737. */
const LOCAL_ADDRESS = '192.168.0.1';
const REMOTE_ADDRESS = '192.0.2.1';
const DEFAULT_PORT = 8080;
const DEFAULT_MTU = 1500;

type Setter = (settings: Settings, value: string, option: ScriptOption) => void;

/** Options that mean something to a host that is simulated. */
const OPTIONS: Readonly<Record<string, Setter>> = {
  ip_version(_, value, { place }) {
    if (value !== 'ipv4')
      throw new ScriptProblem('unsupported', place, `IPv6 is not supported (--ip_version=${value})`);
  },
  local_ip(settings, value, option) {
    settings.localAddress = addressOf(value, option);
  },
  remote_ip(settings, value, option) {
    settings.remoteAddress = addressOf(value.replace(/\/\d+$/, ''), option);
  },
  bind_port(settings, value, option) {
    settings.bindPort = numberOf(value, option, 1, 0xffff);
  },
  connect_port(settings, value, option) {
    settings.connectPort = numberOf(value, option, 1, 0xffff);
  },
  mtu(settings, value, option) {
    settings.mtu = numberOf(value, option, 68, 0xffff);
  },
  tolerance_usecs(settings, value, option) {
    settings.toleranceUs = numberOf(value, option, 0, 1e9);
  },
  tolerance_percent(settings, value, option) {
    settings.tolerancePercent = numberOf(value, option, 0, 100);
  },
  strict_segments(settings) {
    settings.strictSegments = true;
  },
  tcp_ts_tick_usecs(settings, value, option) {
    settings.timestampTickUs = numberOf(value, option, 0, 1e6);
  },
};

/** Options of packetdrill that change nothing here: how it is run, and `--mss`, which only says how segments are joined. */
const WITHOUT_EFFECT = new Set(
  'mss code_command code_format code_sockopt gateway_ip netmask_ip speed init_scripts wire_client wire_server wire_server_ip wire_server_at wire_server_port wire_client_dev wire_server_dev so_filename so_flags tcp_ts_ecr_scaled dry_run is_anyip send_omit_free debug define verbose udp_encaps non_fatal persistent_tun_dev tun_dev no_cleanup'.split(
    ' ',
  ),
);

/** The settings of a script's option lines. Throws a ScriptProblem for one that is not known, or asks for IPv6. */
export function settingsOf(script: Script, platform: Platform): Settings {
  const settings: Settings = {
    platform,
    localAddress: LOCAL_ADDRESS,
    remoteAddress: REMOTE_ADDRESS,
    bindPort: DEFAULT_PORT,
    connectPort: DEFAULT_PORT,
    mtu: DEFAULT_MTU,
    toleranceUs: DEFAULT_TOLERANCE_US,
    tolerancePercent: DEFAULT_TOLERANCE_PERCENT,
    strictSegments: false,
    timestampTickUs: 0,
    tcp: { ...DEFAULT_TCP_OPTIONS, ...platform.tcp },
    segmentSize: negotiatedSize(script),
  };
  const shift = expectedWindowShift(script);
  if (shift !== null) settings.tcp.windowShift = shift;
  for (const option of script.options) apply(settings, option);
  return settings;
}

function apply(settings: Settings, option: ScriptOption): void {
  const setter = OPTIONS[option.name];
  if (setter) setter(settings, option.value ?? '', option);
  else if (!WITHOUT_EFFECT.has(option.name))
    throw new ScriptProblem('unsupported', option.place, `the option --${option.name} is not known`);
}

/** The options of a new connection or listener. FreeBSD makes its receive buffer a multiple of the segment size. */
export function connectionOptions(settings: Settings, own: Partial<TcpOptions>): TcpOptions {
  const options = { ...settings.tcp, ...own };
  const { segmentSize, platform } = settings;
  if (platform.name !== 'freebsd' || segmentSize === null) return options;
  return { ...options, receiveBufferBytes: Math.ceil(options.receiveBufferBytes / segmentSize) * segmentSize };
}

function numberOf(value: string, { name, place }: ScriptOption, least: number, most: number): number {
  const number = Number(value);
  if (value !== '' && number >= least && number <= most) return number;
  throw new ScriptProblem('syntax', place, `--${name} is a number from ${least} to ${most}, not "${value}"`);
}

function addressOf(value: string, { name, place }: ScriptOption): string {
  if (value.includes(':')) throw new ScriptProblem('unsupported', place, `IPv6 is not supported (--${name}=${value})`);
  const octets = value.split('.').map(Number);
  if (octets.length === 4 && octets.every((octet) => octet >= 0 && octet <= 0xff)) return value;
  throw new ScriptProblem('syntax', place, `--${name} is an IPv4 address, not "${value}"`);
}
