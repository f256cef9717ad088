/** Octets that a script does not spell out: each is made of its place in the stream, so that a wrong one is noticed. */

/** `length` octets of a stream from `from` on; the first octet of a stream is number 0. */
export function patternOctets(from: number, length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  for (let at = 0; at < length; at += 1) bytes[at] = patternOctet(from + at);
  return bytes;
}

function patternOctet(at: number): number {
  return (at * 31 + (at >>> 8) * 17 + (at >>> 16)) & 0xff;
}

/** Where two runs of octets first differ; `null` when they do not. */
export function firstDifference(left: Uint8Array, right: Uint8Array): number | null {
  const length = Math.max(left.length, right.length);
  for (let at = 0; at < length; at += 1) if (left[at] !== right[at]) return at;
  return null;
}
