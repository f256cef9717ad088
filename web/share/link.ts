/**
 * A recording in the fragment of an address, which a browser never sends to a server (RFC 9110 §7.1):
 * `#r1.` and base64url of CRC-32 (four octets, big-endian) and of the recording's JSON, deflated.
 */
import { base64UrlOf, bytesOfBase64Url } from './base64.ts';
import { crc32 } from './crc32.ts';
import { canDeflate, deflate, inflate, inPieces } from './deflate.ts';
import { MAX_FRAGMENT_CHARS, MAX_LINK_JSON_BYTES } from './limits.ts';
import { type Opened, openJson } from './recording-json.ts';
import { refuse } from './refusal.ts';

/** Where a shared recording is shown. */
export const SHARED_PATH = '/shared';

/** Version of the packing; the recording inside has a version of its own. */
const LINK_VERSION = 1;
const PREFIX = `r${LINK_VERSION}.`;
const VERSIONED = /^r(\d{1,6})\./;
const CRC_BYTES = 4;

/** What becomes of a recording that is to be a link. */
export type LinkMade =
  | { readonly ok: true; readonly fragment: string }
  /** `chars`: how long the fragment would be; `null` where it was not even packed. */
  | { readonly ok: false; readonly why: 'too-large'; readonly chars: number | null }
  | { readonly ok: false; readonly why: 'unsupported' };

/** Packs a recording's JSON into a fragment (without `#`), if it fits MAX_FRAGMENT_CHARS. */
export async function makeFragment(json: string): Promise<LinkMade> {
  if (!canDeflate()) return { ok: false, why: 'unsupported' };
  const bytes = new TextEncoder().encode(json);
  if (bytes.length > MAX_LINK_JSON_BYTES) return { ok: false, why: 'too-large', chars: null };
  const fragment = PREFIX + base64UrlOf(withCrc(await deflate(bytes)));
  if (fragment.length > MAX_FRAGMENT_CHARS) return { ok: false, why: 'too-large', chars: fragment.length };
  return { ok: true, fragment };
}

/** Opens what a fragment holds, with or without its `#`. Never throws. */
export async function openFragment(hash: string): Promise<Opened> {
  const fragment = hash.replace(/^#/, '');
  const version = VERSIONED.exec(fragment)?.[1];
  if (version === undefined) return refuse('no-recording');
  if (fragment.length > MAX_FRAGMENT_CHARS) return refuse('too-large');
  if (Number(version) > LINK_VERSION) return refuse('too-new');
  if (!fragment.startsWith(PREFIX)) return refuse('no-recording');
  const packed = withoutCrc(bytesOfBase64Url(fragment.slice(PREFIX.length)));
  if (!packed) return refuse('damaged');
  if (!canDeflate()) return refuse('unsupported');
  const unpacked = await inflate(inPieces(packed), MAX_LINK_JSON_BYTES);
  if (!unpacked.ok) return refuse(unpacked.why === 'too-large' ? 'too-large' : 'damaged');
  return openJson(new TextDecoder().decode(unpacked.bytes));
}

/** The fragment in a pasted text (an address, or the fragment alone), without `#`; empty where there is none. */
export function fragmentIn(text: string): string {
  const fragment = text.slice(text.lastIndexOf('#') + 1).trim();
  return VERSIONED.test(fragment) ? fragment : '';
}

function withCrc(packed: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(CRC_BYTES + packed.length);
  new DataView(bytes.buffer).setUint32(0, crc32(packed));
  bytes.set(packed, CRC_BYTES);
  return bytes;
}

/** `null` where the check value does not fit what follows it. */
function withoutCrc(bytes: Uint8Array<ArrayBuffer> | null): Uint8Array<ArrayBuffer> | null {
  if (!bytes || bytes.length < CRC_BYTES) return null;
  const packed = bytes.subarray(CRC_BYTES);
  return new DataView(bytes.buffer).getUint32(0) === crc32(packed) ? packed : null;
}
