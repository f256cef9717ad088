/**
 * Random and mutated packets through every codec, and mutated capture files through the readers: nothing may throw, hang, or
 * point outside its octets. `npm run fuzz [packets] [seed]`; a million packets when nothing is said.
 */
import type { CaptureSink, Frame } from '../../server/packets/capture-file.ts';
import { CaptureReader } from '../../server/packets/capture-reader.ts';
import { fieldsOf } from '../../server/packets/fields.ts';
import { FlowFollower } from '../../server/packets/flow-follower.ts';
import { serializeIcmp } from '../../server/packets/icmp.ts';
import { plainIpv4, serializeIpv4 } from '../../server/packets/ipv4.ts';
import { serializeIpv6 } from '../../server/packets/ipv6.ts';
import { LINK_TYPES } from '../../server/packets/link.ts';
import { type Packet, parsePacket } from '../../server/packets/packet.ts';
import { interfaceBlock, packetBlock, sectionBlock } from '../../server/packets/pcapng-writer.ts';
import { serializeTcp } from '../../server/packets/tcp.ts';
import { serializeUdp } from '../../server/packets/udp.ts';
import { verifyChecksums } from '../../server/packets/verify.ts';
import { type Random, seededRandom } from './random.ts';

/** What a run did. */
export interface FuzzResult {
  readonly packets: number;
  readonly files: number;
  /** Packets that were read to a transport header. */
  readonly understood: number;
  /** Frames that mutated files still gave. */
  readonly frames: number;
}

const TYPES = [...Object.values(LINK_TYPES), 9_999];

/** Packets of one file. */
const FRAMES_A_FILE = 20;

/** Files are a hundredth of the packets. */
const PACKETS_A_FILE = 100;

/** Throws, with the seed and the octets, at the first packet that breaks a promise of the codecs. */
export function fuzzPackets(packets: number, seed: number): FuzzResult {
  const random = seededRandom(seed);
  const samples = goodPackets();
  const flows = new FlowFollower((port) => port < 1_024);
  let understood = 0;
  for (let nth = 0; nth < packets; nth += 1) {
    const sample = random.pick(samples);
    const bytes = nth % 8 === 0 ? randomOctets(random) : mutated(random, sample.bytes);
    // Now and then a frame is read as what it is not.
    const linkType = random.below(8) === 0 ? random.pick(TYPES) : sample.linkType;
    const packet = readsAsPromised(bytes, linkType);
    if (packet.transport) understood += 1;
    flows.follow(packet);
  }
  const files = Math.ceil(packets / PACKETS_A_FILE);
  let frames = 0;
  for (let nth = 0; nth < files; nth += 1) frames += readFile(random, mutated(random, goodFile(random, samples)));
  return { packets, files, understood, frames };
}

function readsAsPromised(bytes: Uint8Array, linkType: number): Packet {
  try {
    const packet = parsePacket(bytes, linkType);
    const { payload, problem } = packet;
    if (payload.start < 0 || payload.start > payload.end || payload.end > bytes.length) throw new Error('payload');
    if (problem && (problem.at < 0 || problem.at > bytes.length)) throw new Error('problem');
    for (const { bit, bits } of fieldsOf(bytes, packet)) if (bit + bits > bytes.length * 8) throw new Error('field');
    verifyChecksums(bytes, packet);
    return packet;
  } catch (error) {
    throw new Error(`link type ${linkType}, octets ${Buffer.from(bytes).toString('hex')}`, { cause: error });
  }
}

function readFile(random: Random, file: Uint8Array): number {
  let frames = 0;
  const sink: CaptureSink = {
    frame: (frame: Frame) => {
      frames += 1;
      readsAsPromised(frame.bytes, frame.linkType);
    },
  };
  const reader = new CaptureReader(sink);
  const chunk = 1 + random.below(400);
  for (let at = 0; at < file.length; at += chunk) reader.push(file.subarray(at, at + chunk));
  const problem = reader.end();
  if (problem && problem.at > file.length) throw new Error(`a problem at ${problem.at} of ${file.length}`);
  return frames;
}

function randomOctets(random: Random): Uint8Array {
  return Uint8Array.from({ length: random.below(120) }, () => random.below(256));
}

/** A few octets changed, cut off, or put in. */
function mutated(random: Random, good: Uint8Array): Uint8Array {
  const bytes = good.slice(0, random.below(8) === 0 ? random.below(good.length + 1) : good.length);
  for (let left = random.below(6); left > 0 && bytes.length > 0; left -= 1) {
    bytes[random.below(bytes.length)] = random.pick([0, 1, 0x7f, 0x80, 0xff, random.below(256)]);
  }
  return bytes;
}

/** A good frame, and what it is to be read as. */
interface Sample {
  readonly bytes: Uint8Array;
  readonly linkType: number;
}

const ENDS = { source: '192.0.2.1', destination: '192.0.2.2' };
const ENDS6 = { source: '2001:db8::1', destination: '2001:db8::2' };

const TCP = {
  sourcePort: 50_000,
  destinationPort: 7_007,
  sequence: 1,
  acknowledgment: 2,
  flags: 0x18,
  window: 512,
  urgentPointer: 0,
  options: [
    { kind: 'nop' as const },
    { kind: 'timestamps' as const, value: 1, echo: 2 },
    { kind: 'sack' as const, blocks: [{ left: 3, right: 4 }] },
  ],
};

/** Without a link layer. */
function goodIpPackets(): readonly Uint8Array[] {
  const ip = plainIpv4({ ...ENDS, protocol: 6, identification: 7, dontFragment: false });
  const ip6 = { ...ENDS6, hopLimit: 64, trafficClass: 0, flowLabel: 0 };
  const payload = Uint8Array.from({ length: 30 }, (_, at) => at);
  const segment = serializeIpv4(ip, serializeTcp(TCP, payload, ENDS));
  const error = { type: 3, code: 3, body: Uint8Array.of(0, 0, 0, 0, ...segment) };
  const chain = Uint8Array.of(60, 0, 1, 4, 0, 0, 0, 0, 44, 0, 1, 4, 0, 0, 0, 0, 17, 0, 0, 1, 0, 0, 0, 9);
  return [
    segment,
    serializeIpv4({ ...ip, protocol: 17 }, serializeUdp({ sourcePort: 1, destinationPort: 2 }, payload, ENDS)),
    serializeIpv4({ ...ip, protocol: 1 }, serializeIcmp(error)),
    serializeIpv4(
      { ...ip, protocol: 17, options: Uint8Array.of(7, 7, 4, 0, 0, 0, 0, 0), moreFragments: true },
      payload,
    ),
    serializeIpv6({ ...ip6, nextHeader: 6 }, serializeTcp(TCP, payload, ENDS6)),
    serializeIpv6({ ...ip6, nextHeader: 58 }, serializeIcmp({ type: 128, code: 0, body: payload }, ENDS6)),
    serializeIpv6({ ...ip6, nextHeader: 0 }, Uint8Array.of(...chain, ...payload)),
  ];
}

function goodPackets(): readonly Sample[] {
  return goodIpPackets().flatMap((bytes) => {
    const type = (bytes[0] ?? 0) >> 4 === 6 ? '86dd' : '0800';
    const heads = [
      [LINK_TYPES.raw, ''],
      [LINK_TYPES.ethernet, `02000000000102000000000281000001${type}`],
      [LINK_TYPES.null, type === '0800' ? '02000000' : '1e000000'],
      [LINK_TYPES.linuxSll, `0000030400060000000000000000${type}`],
    ] as const;
    return heads.map(([linkType, head]) => ({ linkType, bytes: Uint8Array.of(...Buffer.from(head, 'hex'), ...bytes) }));
  });
}

function goodFile(random: Random, samples: readonly Sample[]): Uint8Array {
  const frames = Array.from({ length: random.below(FRAMES_A_FILE) }, (_, at) =>
    packetBlock({
      interface: 0,
      seconds: at,
      nanoseconds: at,
      bytes: random.pick(samples).bytes,
      direction: random.pick(['inbound', 'outbound', null]),
      comment: random.pick([null, 'a comment']),
    }),
  );
  const described = interfaceBlock({ linkType: random.pick(TYPES) & 0xffff, name: 'lo', snapLength: 0 });
  return Uint8Array.of(
    ...sectionBlock({ application: 'fuzz' }),
    ...described,
    ...frames.flatMap((block) => [...block]),
  );
}
