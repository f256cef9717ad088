import { formatEndpoint } from '#protocol/address.ts';
import type { Facts } from './match.ts';
import type { PacketExpected, PacketSighting, PacketsCheck } from './packet-checks.ts';

/** Flows that one check keeps account of; the oldest is let go. */
const MAX_JUDGED_FLOWS = 256;

/** Names of what can be said of packets; those of the second that was expected have `-2` behind them, and so on. */
export const PACKET_FACT_NAMES: readonly string[] = ['seq', 'ack', 'len', 'flags'];

/** Answers, when a packet completes what is expected, what can be said of it and those before. */
export type PacketJudge = (seen: PacketSighting) => Facts | null;

/** A judge of what is captured from now on. */
export function packetJudge(check: PacketsCheck): PacketJudge {
  /** By flow, the packets that were expected and have come. */
  const flows = new Map<number, PacketSighting[]>();
  return (seen) => {
    if (!isMeant(check, seen)) return null;
    const come = flows.get(seen.flow) ?? [];
    flows.set(seen.flow, come);
    const [oldest] = flows.keys();
    if (flows.size > MAX_JUDGED_FLOWS && oldest !== undefined) flows.delete(oldest);
    const next = check.inOrder[come.length];
    if (!next || !isExpected(next, seen)) return null;
    come.push(seen);
    return come.length === check.inOrder.length ? factsOf(come) : null;
  };
}

function isMeant({ demo, port, transport = 'tcp' }: PacketsCheck, seen: PacketSighting): boolean {
  if (seen.transport !== transport) return false;
  if (demo !== undefined && seen.demo !== demo) return false;
  return port === undefined || seen.server.port === port;
}

function isExpected(expected: PacketExpected, seen: PacketSighting): boolean {
  const { from, flags = [], only, mark, unanswered } = expected;
  if (from !== undefined && seen.from !== from) return false;
  if (!flags.every((flag) => seen.flags.includes(flag))) return false;
  if (only && seen.flags.some((flag) => flag !== 'psh' && !flags.some((each) => each === flag))) return false;
  if (mark !== undefined && !seen.marks.includes(mark)) return false;
  if (unanswered && seen.answered) return false;
  return hasNumbers(expected, seen);
}

function hasNumbers(expected: PacketExpected, seen: PacketSighting): boolean {
  if (expected.length !== undefined && seen.length !== expected.length) return false;
  if (expected.minLength !== undefined && seen.length < expected.minLength) return false;
  if (expected.sequence !== undefined && seen.sequence !== expected.sequence) return false;
  if (expected.acknowledgment !== undefined && seen.acknowledgment !== expected.acknowledgment) return false;
  return expected.minAcknowledgment === undefined || (seen.acknowledgment ?? -1) >= expected.minAcknowledgment;
}

function factsOf(seen: readonly PacketSighting[]): Facts {
  const facts: Record<string, string> = {};
  for (const [index, packet] of seen.entries()) {
    const suffix = index === 0 ? '' : `-${index + 1}`;
    facts[`seq${suffix}`] = packet.sequence === null ? '?' : String(packet.sequence);
    if (packet.acknowledgment !== null) facts[`ack${suffix}`] = String(packet.acknowledgment);
    facts[`len${suffix}`] = String(packet.length);
    facts[`flags${suffix}`] = packet.flags.map((flag) => flag.toUpperCase()).join(', ');
  }
  const last = seen.at(-1);
  return last ? { ...facts, ...endsOf(last) } : facts;
}

function endsOf({ client, server, transport }: PacketSighting): Facts {
  return {
    transport: transport.toUpperCase(),
    client: formatEndpoint(client),
    server: formatEndpoint(server),
    'client-address': client.address,
    'client-port': String(client.port),
    'server-address': server.address,
    'server-port': String(server.port),
  };
}
