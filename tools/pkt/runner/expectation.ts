/** Compares what a host sends with the packet that a script expects. */
import { TCP_FLAGS } from '#packets/tcp.ts';
import type { OptionSpec, PacketSpec, TcpSpec } from '../language/packet.ts';
import { packetText } from '../language/print.ts';
import { differences, type Leeway } from './compare.ts';
import type { TcpDescriptor } from './descriptor.ts';
import type { Flow } from './flow.ts';
import type { SentPacket } from './sent.ts';
import { isSyn, specOf } from './sent.ts';
import type { Session } from './session.ts';

/** Microseconds of a tick of our stack's timestamps. */
const OUR_TICK_US = 1_000;

/** Why a packet is not the expected one; both as a script would write them. */
export interface Mismatch {
  readonly reason: string;
  readonly expected: string;
  readonly sent: string;
}

/** Gives the next packet that the host sends in time, or `null`. `putBack` returns one that was taken too many. */
export interface SentPackets {
  next(): SentPacket | null;
  putBack(packet: SentPacket): void;
}

/** Compares `first`, and what follows it when the script's segment is longer, with `expected`; `null`: as expected. */
export function mismatchOf(
  session: Session,
  expected: PacketSpec,
  first: SentPacket,
  more: SentPackets,
): Mismatch | null {
  const flow = flowOf(session, first);
  learn(flow, expected, first);
  const parts = [first, ...following(session, expected, first, more)];
  const sent = joined(parts, flow);
  if (sent === null) return bare(expected, 'the host sent a packet that a script cannot describe');
  const damaged = parts.find(({ damage }) => damage !== null);
  if (damaged) return { ...bare(expected, `the packet is damaged: ${damaged.damage}`), sent: packetText(sent) };
  const found = differences(expected, aligned(expected, sent, flow, session), leewayOf(session, parts));
  const content = found.length === 0 ? contentMismatch(session, parts) : null;
  if (content !== null) return { reason: content, expected: packetText(expected), sent: packetText(sent) };
  if (found.length === 0) return null;
  return { reason: found.join('; '), expected: packetText(expected), sent: packetText(sent) };
}

/** A packet that nobody expects, as a script would write it. */
export function describeSent(session: Session, sent: SentPacket): string {
  const flow = flowOf(session, sent);
  if (isSyn(sent)) learn(flow, null, sent);
  const spec = specOf(sent, flow);
  return spec ? packetText(spec) : 'a packet that a script cannot describe';
}

function bare(expected: PacketSpec, reason: string): Mismatch {
  return { reason, expected: packetText(expected), sent: '' };
}

function flowOf(session: Session, { packet: { transport, quoted } }: SentPacket): Flow {
  if (transport?.layer === 'tcp' || transport?.layer === 'udp')
    return session.flows.ofSent({ localPort: transport.sourcePort, remotePort: transport.destinationPort });
  const inner = quoted?.transport;
  const ports = inner && 'sourcePort' in inner ? inner : null;
  return session.flows.ofSent({ localPort: ports?.destinationPort ?? 0, remotePort: ports?.sourcePort ?? 0 });
}

/** A SYN of a connection not seen before says what the script's sequence numbers stand for. */
function learn(flow: Flow, expected: PacketSpec | null, sent: SentPacket): void {
  const { transport } = sent.packet;
  if (transport?.layer !== 'tcp') return;
  const { connection } = sent.outgoing;
  if (isSyn(sent) && (flow.connection === null || flow.connection !== connection)) {
    flow.connection = connection;
    const isExpected = expected?.protocol === 'tcp' && (expected.flags & TCP_FLAGS.syn) !== 0;
    flow.learnSequence(isExpected ? expected.sequence : 0, transport.sequence);
  }
  const said = expected?.protocol === 'tcp' && expected.options !== 'any' ? timestampsIn(expected.options) : undefined;
  const wire = transport.options.find((option) => option.kind === 'timestamps');
  if (said && said.value !== 'any' && wire) flow.learnTimestamp(said.value, wire.value);
}

function timestampsIn(options: readonly OptionSpec[]) {
  return options.find((option) => option.kind === 'TS');
}

/** More segments, while the script's one says more octets than have come and they go on where the last ended. */
function following(
  session: Session,
  expected: PacketSpec,
  first: SentPacket,
  more: SentPackets,
): readonly SentPacket[] {
  if (expected.protocol !== 'tcp' || session.settings.strictSegments || first.payload.length === 0) return [];
  const parts: SentPacket[] = [];
  let last = first;
  let octets = first.payload.length;
  while (octets < expected.payloadOctets) {
    const next = more.next();
    if (next === null) break;
    if (!goesOn(last, next)) {
      more.putBack(next);
      break;
    }
    parts.push(next);
    octets += next.payload.length;
    last = next;
  }
  return parts;
}

function goesOn(last: SentPacket, next: SentPacket): boolean {
  const before = last.packet.transport;
  const after = next.packet.transport;
  if (before?.layer !== 'tcp' || after?.layer !== 'tcp') return false;
  const isNext = after.sequence === (before.sequence + last.payload.length) % 2 ** 32 && next.payload.length > 0;
  return isNext && after.sourcePort === before.sourcePort && after.destinationPort === before.destinationPort;
}

/** Several segments as the one that they would be. */
function joined(parts: readonly SentPacket[], flow: Flow): PacketSpec | null {
  const [first, ...rest] = parts.map((part) => specOf(part, flow));
  if (first?.protocol !== 'tcp' || rest.length === 0) return first ?? null;
  const others = rest.filter((spec): spec is PacketSpec & TcpSpec => spec?.protocol === 'tcp');
  return {
    ...first,
    flags: others.reduce((flags, spec) => flags | spec.flags, first.flags),
    payloadOctets: others.reduce((octets, spec) => octets + spec.payloadOctets, first.payloadOctets),
    acknowledgment: others.at(-1)?.acknowledgment ?? first.acknowledgment,
    window: others.at(-1)?.window ?? first.window,
  };
}

/** Timestamps are told in the script's ticks, and taken as expected when they are within its tolerance. */
function aligned(expected: PacketSpec, sent: PacketSpec, flow: Flow, { settings }: Session): PacketSpec {
  const tick = settings.timestampTickUs;
  if (tick === 0 || expected.protocol !== 'tcp' || sent.protocol !== 'tcp' || sent.options === 'any') return sent;
  const said = expected.options === 'any' ? undefined : timestampsIn(expected.options)?.value;
  const options = sent.options.map((option) => {
    if (option.kind !== 'TS' || option.value === 'any') return option;
    const value = flow.timestampToScript(option.value, tick, OUR_TICK_US);
    const isNear = typeof said === 'number' && Math.abs(said - value) * tick <= settings.toleranceUs + tick;
    return { ...option, value: isNear ? said : value };
  });
  return { ...sent, options };
}

function leewayOf(session: Session, parts: readonly SentPacket[]): Leeway {
  const last = parts.at(-1);
  const stream = last && streamOf(session, last);
  const place = last && stream ? stream.from + last.payload.length : 0;
  const push =
    stream !== undefined && stream !== null && place > stream.from && !stream.descriptor.written.endsAt(place);
  return { push, timestampValues: session.settings.timestampTickUs === 0 };
}

/** The connection's socket, and which octet of its stream a segment begins with. */
function streamOf(session: Session, sent: SentPacket): { descriptor: TcpDescriptor; from: number } | null {
  const { transport } = sent.packet;
  const view = session.machine.views().find(({ connection }) => connection === sent.outgoing.connection);
  const descriptor = session.descriptors.ofSocket(view?.socket ?? sent.outgoing.socket);
  if (transport?.layer !== 'tcp' || !view || descriptor?.kind !== 'tcp') return null;
  return { descriptor, from: (transport.sequence - view.iss - 1) >>> 0 };
}

function contentMismatch(session: Session, parts: readonly SentPacket[]): string | null {
  for (const part of parts) {
    const stream = part.payload.length === 0 ? null : streamOf(session, part);
    // A probe may repeat the octet before the first, which nobody has written.
    if (!stream || stream.from > 2 ** 31) continue;
    const at = stream.descriptor.written.differenceAt(stream.from, part.payload);
    if (at !== null) return `octet ${at} of the stream is not the one that was written`;
  }
  return null;
}
