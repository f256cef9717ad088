/** What `console.log` prints. */

import { MAX_PRINT_CHARS } from '../programs/limits.ts';
import { Octets } from './octets.ts';

/** Values in one line, cut after MAX_PRINT_CHARS. */
export function lineOf(values: readonly unknown[]): string {
  const line = values.map((value) => (typeof value === 'string' ? value : inspect(value))).join(' ');
  return line.length > MAX_PRINT_CHARS ? `${line.slice(0, MAX_PRINT_CHARS)}…` : line;
}

function inspect(value: unknown): string {
  if (value instanceof Error) return `${value.name}: ${value.message}`;
  if (value instanceof Uint8Array)
    return `<Buffer ${Octets.from(value.subarray(0, 50))
      .toString('hex')
      .replace(/..(?!$)/g, '$& ')}>`;
  if (typeof value !== 'object' || value === null) return String(value);
  try {
    return JSON.stringify(value) ?? String(value);
  } catch {
    // A value that contains itself, or a BigInt.
    return String(value);
  }
}
