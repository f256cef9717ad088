/** Throws where `port` is none, as Node does. */
export function portOf(port: unknown): number {
  const number = Number(port);
  if (Number.isInteger(number) && number >= 0 && number <= 0xffff) return number;
  throw new RangeError(`port should be from 0 to 65535; it is ${String(port)}`);
}
