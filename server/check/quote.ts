import { MAX_QUOTED_BYTES } from './limits.ts';

/** Octets as a sentence quotes them: text in quotation marks, control characters and broken UTF-8 as escapes, cut short. */
export function quoted(bytes: Uint8Array | string): string {
  const octets = typeof bytes === 'string' ? Buffer.from(bytes) : bytes;
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(octets.subarray(0, MAX_QUOTED_BYTES));
  const shown = JSON.stringify(text).replace(/[\u007f-\u009f\ufffd]/g, '·');
  return octets.length > MAX_QUOTED_BYTES ? `${shown}…` : shown;
}

/** `512 B`, `1.5 KiB`, `1 MiB`. */
export function octetCount(length: number): string {
  const units = ['B', 'KiB', 'MiB'];
  const unit = length >= 1024 ** 2 ? 2 : length >= 1024 ? 1 : 0;
  return `${Math.round((length / 1024 ** unit) * 10) / 10} ${units[unit]}`;
}
