/** Lines of a TLS key log (NSS form), chosen for a capture. https://www.ietf.org/archive/id/draft-ietf-tls-keylogfile-02.html */
import type { HeldPacket } from '../session/packet-log.ts';

/** Largest key log that is read, in octets: that of `--keylog` is no larger. */
export const MAX_KEY_LOG_BYTES = 64 * 1024 * 1024;

/** Label, client random, secret. */
const LINE = /^[A-Z0-9_]+ ([0-9a-fA-F]{64}) [0-9a-fA-F]+$/;

/** A ClientHello begins a record: type 22, version, length; then message type 1, length, version, and 32 random octets. */
const HELLO_RANDOM_AT = 11;
const RANDOM_LENGTH = 32;

/** The lines whose connection begins in one of these packets, and no others; empty where there are none. */
export function secretsFor(keyLog: string, packets: readonly Pick<HeldPacket, 'bytes' | 'packet'>[]): string {
  const randoms = new Set(packets.map(clientRandomOf).filter((random) => random !== null));
  const lines = keyLog.split(/\r?\n/).filter((line) => randoms.has(LINE.exec(line)?.[1]?.toLowerCase() ?? ''));
  return lines.length === 0 ? '' : `${lines.join('\n')}\n`;
}

function clientRandomOf({ bytes, packet }: Pick<HeldPacket, 'bytes' | 'packet'>): string | null {
  const payload = bytes.subarray(packet.payload.start, packet.payload.end);
  if (payload[0] !== 0x16 || payload[5] !== 1 || payload.length < HELLO_RANDOM_AT + RANDOM_LENGTH) return null;
  const random = payload.subarray(HELLO_RANDOM_AT, HELLO_RANDOM_AT + RANDOM_LENGTH);
  return Array.from(random, (octet) => octet.toString(16).padStart(2, '0')).join('');
}
