import { describe, expect, it } from 'vitest';
import { FlowFollower, MAX_FLOWS } from './flow-follower.ts';
import { plainIpv4, serializeIpv4 } from './ipv4.ts';
import { LINK_TYPES } from './link.ts';
import { type Packet, parsePacket } from './packet.ts';
import { serializeTcp, TCP_FLAGS } from './tcp.ts';
import { serializeUdp, UDP_PROTOCOL } from './udp.ts';

const ENDS = { source: '127.0.0.1', destination: '127.0.0.1' };
const { syn, ack, rst, psh } = TCP_FLAGS;
const SERVER = 7_007;

function inIp(protocol: number, segment: Uint8Array): Packet {
  return parsePacket(serializeIpv4(plainIpv4({ ...ENDS, protocol }), segment), LINK_TYPES.raw);
}

interface Segment {
  readonly from: number;
  readonly to: number;
  readonly flags: number;
  readonly sequence: number;
  readonly acknowledgment?: number;
  readonly octets?: number;
}

function segment({ from, to, flags, sequence, acknowledgment = 0, octets = 0 }: Segment): Packet {
  const header = {
    ...{ sourcePort: from, destinationPort: to, sequence, acknowledgment, flags },
    ...{ window: 1_000, urgentPointer: 0, options: [] },
  };
  return inIp(6, serializeTcp(header, new Uint8Array(octets), ENDS));
}

function datagram(from: number, to: number): Packet {
  return inIp(UDP_PROTOCOL, serializeUdp({ sourcePort: from, destinationPort: to }, new Uint8Array(3), ENDS));
}

const follower = () => new FlowFollower((port) => port === SERVER);
const SYN = { from: 5_001, to: SERVER, flags: syn, sequence: 100 };

describe('the flows of a capture', () => {
  it('are told apart, each with numbers of its own', () => {
    const flows = follower();
    const seen = [
      segment(SYN),
      segment({ ...SYN, from: 5_002, sequence: 900 }),
      segment({ from: SERVER, to: 5_001, flags: syn | ack, sequence: 300, acknowledgment: 101 }),
      segment({ ...SYN, from: 5_002, flags: ack | psh, sequence: 901, acknowledgment: 1, octets: 5 }),
    ].map((packet) => flows.follow(packet));
    expect(seen.map((each) => [each?.flow, each?.from, each?.sequence, each?.flags.join(), each?.answered])).toEqual([
      [1, 'client', 0, 'syn', false],
      [2, 'client', 0, 'syn', false],
      [1, 'server', 0, 'syn,ack', true],
      [2, 'client', 1, 'psh,ack', false],
    ]);
    expect(seen[2]?.acknowledgment).toBe(1);
  });

  it('a SYN that is sent again is marked, and one with another number begins another flow', () => {
    const flows = follower();
    flows.follow(segment(SYN));
    expect(flows.follow(segment(SYN))).toMatchObject({ flow: 1, marks: ['retransmission'], answered: false });
    flows.follow(segment({ from: SERVER, to: 5_001, flags: rst | ack, sequence: 0, acknowledgment: 101 }));
    expect(flows.follow(segment({ ...SYN, sequence: 777 }))).toMatchObject({ flow: 2, answered: false, marks: [] });
  });

  it('whose beginning was not seen have their server by its port, or by a SYN-ACK', () => {
    const answer = { from: SERVER, to: 5_001, flags: ack, sequence: 1, acknowledgment: 1 };
    expect(follower().follow(segment(answer))).toMatchObject({ from: 'server', server: { port: SERVER } });
    const elsewhere = { ...answer, from: 9_555, flags: syn | ack };
    expect(follower().follow(segment(elsewhere))).toMatchObject({ from: 'server', server: { port: 9_555 } });
    expect(follower().follow(segment({ ...answer, from: 9_555 }))).toMatchObject({ from: 'client' });
  });

  it('over UDP begin with their first datagram', () => {
    const flows = follower();
    expect(flows.follow(datagram(5_001, SERVER))).toMatchObject({ transport: 'udp', from: 'client', length: 3 });
    expect(flows.follow(datagram(SERVER, 5_001))).toMatchObject({ flow: 1, from: 'server', answered: true });
  });

  it('are bounded, and what has no ports is none', () => {
    const flows = follower();
    for (let nth = 0; nth <= MAX_FLOWS; nth += 1) flows.follow(segment({ ...SYN, from: 10_000 + nth }));
    expect(flows.follow(segment({ ...SYN, from: 10_000, flags: ack, sequence: 101 }))?.flow).toBe(MAX_FLOWS + 2);
    expect(flows.follow(parsePacket(Uint8Array.of(1, 2, 3), LINK_TYPES.raw))).toBeNull();
  });
});
