/** Whether a packet is the one that a script expects. */
import { TCP_FLAGS } from '#packets/tcp.ts';
import type { IcmpSpec, IpSpec, OptionSpec, OrAny, PacketSpec, PortsSpec, TcpSpec } from '../language/packet.ts';
import { flagsText, optionsText } from '../language/print.ts';

/** What is not compared of this packet, and why it may differ. */
export interface Leeway {
  /** PSH in the middle of what the program has written is the sender's choice (RFC 9293 §3.9.1.2). */
  readonly push: boolean;
  /** The values of timestamps; echoed ones always count. */
  readonly timestampValues: boolean;
}

/** The fields that differ, each as "name: expected …, sent …"; none: it is the expected one. */
export function differences(expected: PacketSpec, sent: PacketSpec, leeway: Leeway): readonly string[] {
  const found = new Differences();
  compareIp(found, expected.ip, sent.ip);
  if (expected.protocol !== sent.protocol) found.add('protocol', expected.protocol, sent.protocol);
  else if (expected.protocol === 'tcp' && sent.protocol === 'tcp') compareTcp(found, expected, sent, leeway);
  else if (expected.protocol === 'udp' && sent.protocol === 'udp') {
    comparePorts(found, expected.ports, sent.ports);
    found.compare('payload', expected.payloadOctets, sent.payloadOctets);
  } else if (expected.protocol === 'icmp' && sent.protocol === 'icmp') compareIcmp(found, expected, sent);
  return found.list;
}

class Differences {
  readonly list: string[] = [];

  compare(field: string, expected: number | string, sent: number | string | null): void {
    if (expected !== sent) this.add(field, expected, sent);
  }

  add(field: string, expected: number | string, sent: number | string | null): void {
    this.list.push(`${field}: expected ${expected}, sent ${sent ?? 'none'}`);
  }
}

function compareIp(found: Differences, expected: IpSpec, sent: IpSpec): void {
  if (expected.ecn === 'ect01') {
    if (sent.ecn !== 1 && sent.ecn !== 2) found.add('ecn', 'ect01', String(sent.ecn));
  } else if (expected.ecn !== null) found.compare('ecn', expected.ecn, sent.ecn);
  if (expected.trafficClass !== null) found.compare('tos', expected.trafficClass, sent.trafficClass);
  if (expected.ttl !== null) found.compare('ttl', expected.ttl, sent.ttl);
}

function comparePorts(found: Differences, expected: PortsSpec | null, sent: PortsSpec | null): void {
  if (expected === null || sent === null) return;
  found.compare('source port', expected.source, sent.source);
  found.compare('destination port', expected.destination, sent.destination);
}

function compareTcp(found: Differences, expected: TcpSpec, sent: TcpSpec, leeway: Leeway): void {
  comparePorts(found, expected.ports, sent.ports);
  const counted = leeway.push ? ~TCP_FLAGS.psh : ~0;
  if (((expected.flags ^ sent.flags) & counted) !== 0)
    found.add('flags', flagsText(expected.flags), flagsText(sent.flags));
  found.compare('sequence', expected.sequence, sent.sequence);
  found.compare('payload', expected.payloadOctets, sent.payloadOctets);
  if ((expected.flags & TCP_FLAGS.ack) !== 0) found.compare('ack', expected.acknowledgment ?? 0, sent.acknowledgment);
  if (expected.window !== null) found.compare('win', expected.window, sent.window);
  found.compare('urg', expected.urgentPointer, sent.urgentPointer);
  if (expected.options !== 'any' && !sameOptions(expected.options, sent.options, leeway))
    found.add('options', optionsText(expected.options) || 'none', optionsText(sent.options) || 'none');
}

/** Order and padding mean nothing (RFC 9293 §3.1): systems differ in them. The order of SACK blocks does count. */
function sameOptions(expected: readonly OptionSpec[], sent: OrAny<readonly OptionSpec[]>, leeway: Leeway): boolean {
  if (sent === 'any') return true;
  const left = meaningful(expected);
  const right = meaningful(sent);
  return (
    left.length === right.length && left.every((option) => right.some((other) => sameOption(option, other, leeway)))
  );
}

function meaningful(options: readonly OptionSpec[]): readonly OptionSpec[] {
  return options.filter(({ kind }) => kind !== 'nop' && kind !== 'eol');
}

function sameOption(expected: OptionSpec, sent: OptionSpec, { timestampValues }: Leeway): boolean {
  if (expected.kind !== 'TS' || sent.kind !== 'TS') return optionsText([expected]) === optionsText([sent]);
  const sameEcho = expected.echo === 'any' || expected.echo === sent.echo;
  return sameEcho && (timestampValues || expected.value === 'any' || expected.value === sent.value);
}

function compareIcmp(found: Differences, expected: IcmpSpec, sent: IcmpSpec): void {
  found.compare('type', expected.type, sent.type);
  found.compare('code', expected.code, sent.code);
  if (expected.identifier !== 0) found.compare('id', expected.identifier, sent.identifier);
  const { quoted } = expected;
  if (quoted === null) return;
  found.compare('quoted protocol', quoted.protocol, sent.quoted?.protocol ?? 'none');
  if (quoted.protocol === 'tcp' && sent.quoted?.protocol === 'tcp')
    found.compare('quoted sequence', quoted.sequence, sent.quoted.sequence);
}
