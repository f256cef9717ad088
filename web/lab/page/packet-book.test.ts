import { describe, expect, it } from 'vitest';
import { plainIpv4, serializeIpv4 } from '#packets/ipv4.ts';
import { PacketBook } from './packet-book.ts';
import { packetLabel } from './packet-label.ts';
import { datagram, record, segment } from './testing/packets.ts';

const IP = plainIpv4({ source: '10.0.0.1', destination: '10.0.0.2', protocol: 17, dontFragment: false });

const ISS = 0xffff_fff0;

/** A handshake, two segments, the second one twice, and their acknowledgment with SACK. */
const conversation = [
  record({ id: 0, from: 'a', bytes: segment('a', 'syn', { seq: ISS }) }),
  record({ id: 1, from: 'b', bytes: segment('b', 'syn ack', { seq: 500, ack: ISS + 1 }) }),
  record({ id: 2, from: 'a', bytes: segment('a', 'ack', { seq: ISS + 1, ack: 501 }) }),
  record({ id: 3, from: 'a', bytes: segment('a', 'ack psh', { seq: ISS + 1, ack: 501, length: 100 }) }),
  record({ id: 4, from: 'a', bytes: segment('a', 'ack', { seq: 85, ack: 501, length: 100 }) }),
  record({
    id: 5,
    from: 'b',
    bytes: segment('b', 'ack', {
      seq: 501,
      ack: ISS + 1,
      window: 0,
      options: [{ kind: 'sack', blocks: [{ left: 85, right: 185 }] }],
    }),
  }),
  record({ id: 6, from: 'a', bytes: segment('a', 'ack', { seq: ISS + 1, ack: 501, length: 100 }) }),
  record({ id: 7, from: 'a', bytes: segment('a', 'fin ack', { seq: 185, ack: 501 }) }),
];

function labels(records: readonly ReturnType<typeof record>[]): string[] {
  const book = new PacketBook();
  book.read(records);
  return records.map(({ id }) => {
    const facts = book.get(id);
    if (!facts) throw new Error(`packet ${id} was not read`);
    const { name, rest } = packetLabel(facts);
    return `${name} ${rest}`.trim();
  });
}

describe('the book of packets', () => {
  it('counts from the SYN of each side, across the wrap of the sequence space', () => {
    expect(labels(conversation)).toEqual([
      'SYN seq 0',
      'SYN ACK seq 0 ack 1',
      'ack 1',
      '1:101',
      '101:201',
      'ack 1 win 0 sack 101:201',
      '1:101',
      'FIN ACK seq 201 ack 1',
    ]);
  });

  it('knows what was sent before', () => {
    const book = new PacketBook();
    book.read(conversation);
    expect(conversation.map(({ id }) => book.get(id)?.again)).toEqual([
      false,
      false,
      false,
      false,
      false,
      false,
      true,
      false,
    ]);
  });

  it('puts both directions into one flow, and datagrams into another', () => {
    const book = new PacketBook();
    book.read([...conversation, record({ id: 8, from: 'b', bytes: datagram('b', 100) })]);
    expect(book.flows).toMatchObject([
      { id: 0, protocol: 'tcp', a: { port: 49_152 }, b: { port: 7 }, opener: 'a' },
      { id: 1, protocol: 'udp', opener: 'b' },
    ]);
    expect(labels([record({ id: 0, from: 'b', bytes: datagram('b', 100) })])).toEqual(['UDP 100 B']);
  });

  it('knows the fragments of a datagram by its identification', () => {
    const fragment = (offset: number, moreFragments: boolean, identification = 5) => {
      const header = { ...IP, identification, fragmentOffset: offset, moreFragments };
      return serializeIpv4(header, datagram('a', 40).subarray(20 + offset, 44 + offset));
    };
    const bytes = [fragment(0, true), fragment(24, false), fragment(24, false, 6)];
    const book = new PacketBook();
    book.read(bytes.map((each, id) => record({ id, from: 'a', bytes: each })));
    expect(bytes.map((_, id) => book.get(id)?.flow.protocol)).toEqual(['udp', 'udp', 'ip']);
    expect(labels(bytes.map((each, id) => record({ id, from: 'a', bytes: each })))).toEqual([
      'UDP fragment 0:16 …',
      'UDP fragment 24:48',
      'fragment 24:48',
    ]);
  });

  it('knows which connection of each host a flow is, and where its numbers begin', () => {
    const book = new PacketBook();
    book.read(conversation.map((each) => ({ ...each, connection: each.from === 'a' ? 0 : 4 })));
    const [flow] = book.flows;
    if (!flow) throw new Error('no flow');
    expect([book.connectionsOf(flow, 'a'), book.connectionsOf(flow, 'b')]).toEqual([[0], [4]]);
    expect([book.initialOf(flow, 'a'), book.initialOf(flow, 'b')]).toEqual([ISS, 500]);
  });

  it('reads afresh when the run has gone another way', () => {
    const book = new PacketBook();
    book.read(conversation);
    book.read(conversation.slice(0, 1));
    expect([book.get(0)?.flags, book.get(1)]).toEqual([2, undefined]);
    book.read([record({ id: 0, from: 'a', bytes: datagram('a', 1) })]);
    expect(book.flows.map(({ protocol }) => protocol)).toEqual(['udp']);
  });
});
