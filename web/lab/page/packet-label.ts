/** A packet in a few words, in the field's own abbreviations: the same in every language. */
import { TCP_FLAGS } from '#packets/tcp.ts';
import { infoOf } from '../../packets/packet-words.ts';
import type { PacketFacts } from './packet-book.ts';

/** What stands on an arrow: `name` is drawn strong, `rest` is not. */
export interface PacketLabel {
  readonly name: string;
  readonly rest: string;
}

const NAMED = ['syn', 'fin', 'rst'] as const;

/** `SYN ACK seq 0 ack 1`, `1:1461`, `ack 1461 win 0`, `UDP 100 B`. Ranges leave their end out. */
export function packetLabel(facts: PacketFacts): PacketLabel {
  if (facts.fragment) return fragmentLabel(facts);
  if (facts.flow.protocol === 'udp') return { name: 'UDP', rest: `${facts.length} B` };
  if (facts.sequence === null) return { name: facts.flow.protocol.toUpperCase(), rest: infoOf(facts.packet) };
  return segmentLabel(facts, facts.sequence);
}

function segmentLabel(facts: PacketFacts, sequence: number): PacketLabel {
  const { flags, length, acknowledgment } = facts;
  const names: string[] = NAMED.filter((name) => (flags & TCP_FLAGS[name]) !== 0).map((name) => name.toUpperCase());
  const range = length > 0 ? `${sequence}:${sequence + length}` : `seq ${sequence}`;
  const ack = acknowledgment === null ? '' : `ack ${acknowledgment}`;
  if (names.length === 0 && length > 0) return { name: range, rest: '' };
  if (names.length === 0) return { name: ack === '' ? 'no flags' : ack, rest: windowWords(facts) };
  if (acknowledgment !== null) names.push('ACK');
  return { name: names.join(' '), rest: `${range} ${ack}`.trim() };
}

function windowWords({ window, sack }: PacketFacts): string {
  const parts = window === 0 ? ['win 0'] : [];
  for (const { left, right } of sack) parts.push(`sack ${left}:${right}`);
  return parts.join(' ');
}

function fragmentLabel({ fragment, length, flow }: PacketFacts): PacketLabel {
  const from = fragment?.offset ?? 0;
  const name = flow.protocol === 'ip' ? '' : `${flow.protocol.toUpperCase()} `;
  return { name: `${name}fragment`, rest: `${from}:${from + length}${fragment?.more ? ' …' : ''}` };
}
