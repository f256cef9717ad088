/** Numbers as a learner reads them. Symbols (ms, s, KiB) are the same in every language of the page. */

const THIN_SPACE = '\u202f';
const US_PER_MS = 1_000;
const US_PER_S = 1_000_000;
const S_PER_MIN = 60;
const MIN_PER_H = 60;
const BYTES_PER_STEP = 1_024;
const BYTE_UNITS = ['KiB', 'MiB', 'GiB', 'TiB'] as const;

/** Groups the digits of a whole number by three from five digits on, with a space that does not break: 12345 → "12 345". */
export function formatCount(value: number): string {
  const sign = value < 0 ? '−' : '';
  const digits = String(Math.abs(Math.trunc(value)));
  return sign + (digits.length < 5 ? digits : digits.replace(/\B(?=(\d{3})+$)/g, THIN_SPACE));
}

/** Microseconds as milliseconds, to the microsecond, without the unit: 812431 → "812.431". */
export function formatMs(us: number): string {
  const whole = Math.trunc(Math.abs(us) / US_PER_MS);
  const rest = Math.round(Math.abs(us) % US_PER_MS);
  const sign = us < 0 ? '−' : '';
  return `${sign}${formatCount(whole)}.${String(rest).padStart(3, '0')}`;
}

/** A duration in microseconds, short and rounded: "812 ms", "3.42 s", "2 min 5 s", "1 h 3 min". */
export function formatDuration(us: number): string {
  if (us < US_PER_MS) return `${Math.round(us)}${THIN_SPACE}µs`;
  if (us < US_PER_S) return `${Math.floor(us / US_PER_MS)}${THIN_SPACE}ms`;
  const seconds = us / US_PER_S;
  if (seconds < 10) return `${(Math.floor(seconds * 100) / 100).toFixed(2)}${THIN_SPACE}s`;
  if (seconds < S_PER_MIN) return `${(Math.floor(seconds * 10) / 10).toFixed(1)}${THIN_SPACE}s`;
  const minutes = Math.floor(seconds / S_PER_MIN);
  if (minutes < MIN_PER_H) return `${minutes}${THIN_SPACE}min ${Math.floor(seconds % S_PER_MIN)}${THIN_SPACE}s`;
  return `${Math.floor(minutes / MIN_PER_H)}${THIN_SPACE}h ${minutes % MIN_PER_H}${THIN_SPACE}min`;
}

/** Octets with a binary unit: 7 → "7 B", 12595 → "12.3 KiB". */
export function formatOctets(bytes: number): string {
  if (bytes < BYTES_PER_STEP) return `${bytes}${THIN_SPACE}B`;
  let value = bytes / BYTES_PER_STEP;
  let unit = 0;
  while (value >= BYTES_PER_STEP && unit < BYTE_UNITS.length - 1) {
    value /= BYTES_PER_STEP;
    unit += 1;
  }
  return `${value.toFixed(value < 100 ? 1 : 0)}${THIN_SPACE}${BYTE_UNITS[unit]}`;
}

/** `127.0.0.1:7007`, `[::1]:7007`. */
export function formatEndpoint(endpoint: { readonly address: string; readonly port: number }): string {
  const host = endpoint.address.includes(':') ? `[${endpoint.address}]` : endpoint.address;
  return `${host}:${endpoint.port}`;
}
