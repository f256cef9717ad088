import type { WireEvent } from '#protocol/wire.ts';

/**
 * Longest event whose octets are fetched for a check, in octets; a longer one is judged by its preview. As much as one read of a
 * socket hands over.
 */
export const MAX_JUDGED_BYTES = 64 * 1024;

/** All recorded octets of longer events; an event itself carries their beginning only. */
export interface Payloads {
  /** `undefined`: on their way, and events wait for them; `null`: not to be had, and the preview has to do. */
  get(event: WireEvent): Uint8Array | null | undefined;
}

/** Where nobody can be asked. */
export const NO_PAYLOADS: Payloads = { get: () => null };

/** Whether an event carries octets of a conversation at all. */
export function carriesOctets(event: WireEvent): boolean {
  return event.kind === 'data' || event.kind === 'datagram';
}

/** Whether more was recorded than the preview has, and not too much to look at. */
export function isWorthFetching(event: WireEvent): boolean {
  if (!carriesOctets(event) || event.evicted || event.recorded > MAX_JUDGED_BYTES) return false;
  return event.recorded > previewBytes(event);
}

/** Octets in the preview: three for every four digits of base64 (RFC 4648 §4). */
function previewBytes({ preview }: WireEvent): number {
  const padding = preview.endsWith('==') ? 2 : preview.endsWith('=') ? 1 : 0;
  return (preview.length * 3) / 4 - padding;
}
