/** Packets made by hand for tests of the page: whole and right, but no stack has sent them. */
import { plainIpv4, serializeIpv4 } from '#packets/ipv4.ts';
import { serializeTcp, TCP_FLAGS, type TcpOption } from '#packets/tcp.ts';
import { serializeUdp } from '#packets/udp.ts';
import type { HostId } from '../../net/link-settings.ts';
import type { PacketRecord } from '../../net/packet-record.ts';
import type { RunEvent } from '../../net/run-event.ts';

const ADDRESS: Readonly<Record<HostId, string>> = { a: '10.0.0.1', b: '10.0.0.2' };
const PORT: Readonly<Record<HostId, number>> = { a: 49_152, b: 7 };
const other = (host: HostId): HostId => (host === 'a' ? 'b' : 'a');

function ipOf(from: HostId, protocol: number, payload: Uint8Array): Uint8Array {
  return serializeIpv4(plainIpv4({ source: ADDRESS[from], destination: ADDRESS[other(from)], protocol }), payload);
}

/** A segment by its flags (`syn ack`), wire numbers and octets of payload. */
export function segment(
  from: HostId,
  flags: string,
  { seq = 0, ack = 0, length = 0, window = 65_535, options = [] as readonly TcpOption[] } = {},
): Uint8Array {
  let bits = 0;
  for (const name of flags.split(' ')) bits |= Reflect.get(TCP_FLAGS, name) ?? 0;
  const header = {
    sourcePort: PORT[from],
    destinationPort: PORT[other(from)],
    sequence: seq,
    acknowledgment: ack,
    flags: bits,
    window,
    urgentPointer: 0,
    options,
  };
  const ends = { source: ADDRESS[from], destination: ADDRESS[other(from)] };
  return ipOf(from, 6, serializeTcp(header, new Uint8Array(length), ends));
}

/** A datagram. */
export function datagram(from: HostId, length: number): Uint8Array {
  const ends = { source: ADDRESS[from], destination: ADDRESS[other(from)] };
  const header = { sourcePort: PORT[from], destinationPort: PORT[other(from)] };
  return ipOf(from, 17, serializeUdp(header, new Uint8Array(length), ends));
}

/** A packet and what became of it; arrived after 20 ms when nothing else is said. */
export function record(part: Pick<PacketRecord, 'id' | 'from' | 'bytes'> & Partial<PacketRecord>): PacketRecord {
  const sentAt = part.sentAt ?? part.id * 1_000;
  return {
    departedAt: sentAt,
    because: { rule: 'data-fits-window', numbers: {} },
    connection: 0,
    arrivals: [{ at: sentAt + 20_000, damaged: null, done: true, discarded: null }],
    lost: null,
    overtaken: false,
    ...part,
    sentAt,
  };
}

/** The events that these records stand for, in the order of time. */
export function eventsOf(records: readonly PacketRecord[]): RunEvent[] {
  const events = records.flatMap((each): RunEvent[] => [
    { kind: 'sent', at: each.sentAt, host: each.from, packet: each.id },
    ...each.arrivals
      .filter(({ done }) => done)
      .map(({ at }, copy): RunEvent => ({ kind: 'arrived', at, host: other(each.from), packet: each.id, copy })),
    ...(each.lost ? [{ kind: 'lost' as const, at: each.lost.at, host: each.from, packet: each.id }] : []),
  ]);
  return events.sort((one, two) => one.at - two.at);
}
