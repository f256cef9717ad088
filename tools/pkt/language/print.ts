/** Packets in the words of the language, for messages. */
import { TCP_FLAGS } from '#packets/tcp.ts';
import { icmpText } from './icmp-names.ts';
import type { OptionSpec, OrAny, PacketSpec, TcpSpec } from './packet.ts';

const LETTERS: readonly (readonly [number, string])[] = [
  [TCP_FLAGS.fin, 'F'],
  [TCP_FLAGS.syn, 'S'],
  [TCP_FLAGS.rst, 'R'],
  [TCP_FLAGS.psh, 'P'],
  [TCP_FLAGS.urg, 'U'],
  [TCP_FLAGS.ece, 'E'],
  [TCP_FLAGS.cwr, 'W'],
  [TCP_FLAGS.ack, '.'],
];

/** `S.`, `P.`, or `-` where no flag is set. */
export function flagsText(flags: number): string {
  return LETTERS.map(([flag, letter]) => ((flags & flag) === 0 ? '' : letter)).join('') || '-';
}

/** One packet, as a line of a script says it. */
export function packetText(spec: PacketSpec): string {
  const arrow = spec.direction === 'out' ? '>' : '<';
  if (spec.protocol === 'tcp') return `${arrow} ${segmentText(spec)}`;
  if (spec.protocol === 'udp') return `${arrow} udp (${spec.payloadOctets})`;
  const mtu = spec.mtu === null ? '' : ` mtu ${spec.mtu}`;
  const { quoted } = spec;
  if (quoted === null) return `${arrow} icmp ${icmpText(spec.type, spec.code)}${mtu}`;
  const inner =
    quoted.protocol === 'udp'
      ? `udp (${quoted.payloadOctets})`
      : `${quoted.sequence}:${quoted.sequence + quoted.payloadOctets}(${quoted.payloadOctets})`;
  return `${arrow} icmp ${icmpText(spec.type, spec.code)}${mtu} [${inner}]`;
}

function segmentText(spec: TcpSpec): string {
  const { sequence, payloadOctets } = spec;
  const parts = [flagsText(spec.flags), `${sequence}:${(sequence + payloadOctets) % 2 ** 32}(${payloadOctets})`];
  if (spec.acknowledgment !== null) parts.push(`ack ${spec.acknowledgment}`);
  if (spec.window !== null) parts.push(`win ${spec.window}`);
  if (spec.urgentPointer !== 0) parts.push(`urg ${spec.urgentPointer}`);
  const options = optionsText(spec.options);
  if (options !== '') parts.push(`<${options}>`);
  return parts.join(' ');
}

/** Options without the brackets around them. */
export function optionsText(options: OrAny<readonly OptionSpec[]>): string {
  return options === 'any' ? '...' : options.map(optionText).join(',');
}

function optionText(option: OptionSpec): string {
  switch (option.kind) {
    case 'mss':
      return `mss ${option.octets}`;
    case 'wscale':
      return `wscale ${option.shift}`;
    case 'sack':
      return `sack ${option.blocks.map(({ left, right }) => `${left}:${right}`).join(' ')}`;
    case 'TS':
      return `TS val ${word(option.value)} ecr ${word(option.echo)}`;
    case 'other':
      return option.name;
    default:
      return option.kind;
  }
}

function word(value: OrAny<number>): string {
  return value === 'any' ? '...' : String(value);
}
