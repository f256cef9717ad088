import type { WireEvent } from '#protocol/wire.ts';
import { bytesOf } from '../../session/base64.ts';

const decoded = new WeakMap<WireEvent, Uint8Array>();

/** The octets that came with an event, decoded once: the same array each time. */
export function previewOf(event: WireEvent): Uint8Array {
  const known = decoded.get(event);
  if (known) return known;
  const bytes = bytesOf(event.preview);
  decoded.set(event, bytes);
  return bytes;
}
