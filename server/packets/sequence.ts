/** Arithmetic on 32-bit sequence numbers, which wrap. RFC 9293 §3.4. */

/** Whether `a` comes before `b`: their distance, modulo 2³², is less than half the space. */
export function before(a: number, b: number): boolean {
  return ((a - b) | 0) < 0;
}

/** `a` plus `octets`, modulo 2³². */
export function advance(a: number, octets: number): number {
  return (a + octets) >>> 0;
}

/** How far `to` lies after `from`, modulo 2³². */
export function distance(from: number, to: number): number {
  return (to - from) >>> 0;
}
