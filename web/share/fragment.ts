/**
 * A text in the fragment of an address, which a browser never sends to a server (RFC 9110 §7.1): a letter that says what
 * it is, the version of the packing, a dot, and base64url of CRC-32 (four octets, big-endian) and of the text, deflated.
 */
import { base64UrlOf, bytesOfBase64Url } from './base64.ts';
import { crc32 } from './crc32.ts';
import { canDeflate, deflate, inflate, inPieces } from './deflate.ts';
import { MAX_FRAGMENT_CHARS } from './limits.ts';
import { type Refusal, refuse } from './refusal.ts';

/** What is packed: its letter, and how many octets it may have unpacked. */
export interface FragmentKind {
  readonly letter: string;
  readonly maxBytes: number;
}

/** Version of the packing; what is inside has a version of its own. */
const PACKING_VERSION = 1;
const VERSIONED = /^([a-z])(\d{1,6})\./;
const CRC_BYTES = 4;

/** What becomes of a text that is to be a link. */
export type LinkMade =
  | { readonly ok: true; readonly fragment: string }
  /** `chars`: how long the fragment would be; `null` where it was not even packed. */
  | { readonly ok: false; readonly why: 'too-large'; readonly chars: number | null }
  | { readonly ok: false; readonly why: 'unsupported' };

/** Packs a text into a fragment (without `#`), if it fits MAX_FRAGMENT_CHARS. */
export async function packFragment({ letter, maxBytes }: FragmentKind, text: string): Promise<LinkMade> {
  if (!canDeflate()) return { ok: false, why: 'unsupported' };
  const bytes = new TextEncoder().encode(text);
  if (bytes.length > maxBytes) return { ok: false, why: 'too-large', chars: null };
  const fragment = `${letter}${PACKING_VERSION}.${base64UrlOf(withCrc(await deflate(bytes)))}`;
  if (fragment.length > MAX_FRAGMENT_CHARS) return { ok: false, why: 'too-large', chars: fragment.length };
  return { ok: true, fragment };
}

/** The text in a fragment, with or without its `#`. Never throws. */
export async function unpackFragment(
  { letter, maxBytes }: FragmentKind,
  hash: string,
): Promise<{ readonly ok: true; readonly text: string } | Refusal> {
  const fragment = hash.replace(/^#/, '');
  const [, kind, version] = VERSIONED.exec(fragment) ?? [];
  if (version === undefined || kind !== letter) return refuse('no-recording');
  if (fragment.length > MAX_FRAGMENT_CHARS) return refuse('too-large');
  if (Number(version) > PACKING_VERSION) return refuse('too-new');
  const prefix = `${letter}${PACKING_VERSION}.`;
  if (!fragment.startsWith(prefix)) return refuse('no-recording');
  const packed = withoutCrc(bytesOfBase64Url(fragment.slice(prefix.length)));
  if (!packed) return refuse('damaged');
  if (!canDeflate()) return refuse('unsupported');
  const unpacked = await inflate(inPieces(packed), maxBytes);
  if (!unpacked.ok) return refuse(unpacked.why === 'too-large' ? 'too-large' : 'damaged');
  return { ok: true, text: new TextDecoder().decode(unpacked.bytes) };
}

/** Whether a fragment claims to be of that kind, whatever its version. */
export function isFragmentOf({ letter }: FragmentKind, fragment: string): boolean {
  return VERSIONED.exec(fragment)?.[1] === letter;
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
