/** What scripts may expect of a host and our stack does not do. */
import { TCP_FLAGS } from '#packets/tcp.ts';
import type { PacketSpec } from '../language/packet.ts';
import { ScriptProblem } from '../language/problem.ts';

/** Throws for a packet that our stack has no way to send; the message names the protocol. */
export function refuseUnsupported({ place, ip, ...spec }: PacketSpec): void {
  const refuse = (what: string): never => {
    throw new ScriptProblem('unsupported', place, `${what} is not part of the stack`);
  };
  if (ip.ecn !== null && ip.ecn !== 0) refuse('ECN (RFC 3168)');
  if (spec.protocol !== 'tcp') return;
  if ((spec.flags & (TCP_FLAGS.ece | TCP_FLAGS.cwr)) !== 0) refuse('ECN (RFC 3168)');
  if ((spec.flags & TCP_FLAGS.urg) !== 0) refuse('sending urgent data');
  if (spec.options === 'any') return;
  const other = spec.options.find((option) => option.kind === 'other');
  if (other) refuse(`the TCP option ${other.name}`);
}
