/** What a script gives away, by the handshake that it expects, of the host that it was written for. */
import { TCP_FLAGS } from '#packets/tcp.ts';
import type { Direction, OptionSpec } from '../language/packet.ts';
import type { Script } from '../language/script.ts';

/** RFC 7323 §2.3: the largest shift that counts. */
const MAX_SHIFT = 14;
/** Two NOPs and the timestamps option, in every segment once agreed (RFC 7323 Appendix A). */
const TIMESTAMPS_OCTETS = 12;

/**
 * How a host scales its window follows from how it is set up (on Linux from the largest buffer it may grow to, on
 * FreeBSD from `kern.ipc.maxsockbuf`); the first SYN that a script expects of it gives it away. `null`: it does not.
 */
export function expectedWindowShift(script: Script): number | null {
  const scale = firstSyn(script, 'out')?.find((option) => option.kind === 'wscale');
  return scale ? Math.min(MAX_SHIFT, scale.shift) : null;
}

/** Octets of a full segment after the handshake in the script; `null` when it has none, or leaves options open. */
export function negotiatedSize(script: Script): number | null {
  const ours = firstSyn(script, 'out');
  const theirs = firstSyn(script, 'in');
  const sizes = [ours, theirs].map((options) => options?.find((option) => option.kind === 'mss')?.octets);
  const [our, their] = sizes;
  if (our === undefined || their === undefined) return null;
  const stamped = [ours, theirs].every((options) => options?.some((option) => option.kind === 'TS'));
  return Math.max(1, Math.min(our, their) - (stamped ? TIMESTAMPS_OCTETS : 0));
}

function firstSyn({ events }: Script, direction: Direction): readonly OptionSpec[] | null {
  for (const event of events) {
    if (event.action !== 'packet' || event.packet.direction !== direction || event.packet.protocol !== 'tcp') continue;
    const { flags, options } = event.packet;
    if ((flags & TCP_FLAGS.syn) !== 0) return options === 'any' ? null : options;
  }
  return null;
}
