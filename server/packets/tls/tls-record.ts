/** The TLS record layer: RFC 8446 §5 (1.3) and RFC 5246 §6 (1.2). https://www.rfc-editor.org/rfc/rfc8446 */

/** Octets of a record's header: type, version, length. */
export const TLS_RECORD_HEADER_LENGTH = 5;

/** Most octets of a record's fragment: 2^14 and what encryption may add in 1.2 (RFC 5246 §6.2.3). */
const MAX_TLS_FRAGMENT_BYTES = (1 << 14) + 2_048;

/** `ContentType`, RFC 8446 §5.1. */
const TLS_CONTENT_TYPES = {
  20: 'change-cipher-spec',
  21: 'alert',
  22: 'handshake',
  23: 'application-data',
} as const;

/** One of them. */
export type TlsContentType = (typeof TLS_CONTENT_TYPES)[keyof typeof TLS_CONTENT_TYPES];

/** A record's header. */
export interface TlsRecordHeader {
  readonly type: TlsContentType;
  /** `legacy_record_version`: 0x0301 or 0x0303, whatever version is spoken. */
  readonly version: number;
  /** Octets of the fragment that follows. */
  readonly length: number;
}

/** Reads a header of TLS_RECORD_HEADER_LENGTH octets at `at`; `null` when it is none. */
export function parseRecordHeader(bytes: Uint8Array, at = 0): TlsRecordHeader | null {
  const [code = 0, major = 0, minor = 0, high = 0, low = 0] = bytes.subarray(at, at + TLS_RECORD_HEADER_LENGTH);
  const type = code in TLS_CONTENT_TYPES ? TLS_CONTENT_TYPES[code as keyof typeof TLS_CONTENT_TYPES] : null;
  const length = (high << 8) | low;
  if (type === null || major !== 3 || length > MAX_TLS_FRAGMENT_BYTES) return null;
  return { type, version: (major << 8) | minor, length };
}

/** Names of versions as people say them; hexadecimal where there is none. */
export function tlsVersionName(version: number): string {
  const names: Readonly<Record<number, string>> = { 769: 'TLS 1.0', 770: 'TLS 1.1', 771: 'TLS 1.2', 772: 'TLS 1.3' };
  return names[version] ?? `0x${version.toString(16).padStart(4, '0')}`;
}
