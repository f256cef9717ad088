/**
 * The lab's stack on seeded wires (see soak.ts), and under packets that nobody in his senses would send: a host must not
 * throw, must not grow without end, and must send nothing with a wrong checksum.
 */
import { parseIpPacket } from '../../server/packets/packet.ts';
import { verifyChecksums } from '../../server/packets/verify.ts';
import { soak } from '../../web/lab/stack/testing/soak.ts';
import { CLIENT, connected, pattern, receive, SERVER, send } from '../../web/lab/stack/testing/two-hosts.ts';
import { seededRandom } from './random.ts';

/** What a run did. */
export interface StackFuzzResult {
  readonly wires: number;
  readonly packets: number;
  /** Packets that were mutated and handed to a host. */
  readonly hostile: number;
}

const HOSTILE_A_WIRE = 100;

/** Throws, with the seed, at the first promise that is broken. */
export function fuzzStack(wires: number, seed: number): StackFuzzResult {
  let packets = 0;
  let hostile = 0;
  for (let nth = 0; nth < wires; nth += 1) {
    packets += soak(seed + nth).packets;
    hostile += attack(seed + nth);
  }
  return { wires, packets, hostile };
}

/** A connection at work, and mutated copies of its packets that come to both ends. */
function attack(seed: number): number {
  const random = seededRandom(seed);
  const two = connected({ a: { challengeAck: random.below(2) === 0 }, b: { timestamps: random.below(2) === 0 } });
  two.onNotice = (side, { notice }) => {
    if (side === 'b' && notice === 'readable' && two.state('b', SERVER) !== 'CLOSED') receive(two, 'b', SERVER, 4_000);
  };
  send(two, 'a', CLIENT, pattern(100_000));
  try {
    for (let nth = 0; nth < HOSTILE_A_WIRE; nth += 1) {
      two.run(random.below(20_000));
      const bytes = mutate(random.pick(two.sent).packet.bytes, random);
      two.deliver(random.pick(['a', 'b']), bytes);
    }
    two.settle();
  } catch (error) {
    throw new Error(`seed ${seed}: the stack threw`, { cause: error });
  }
  for (const { packet } of two.sent)
    for (const { field, verdict } of verifyChecksums(packet.bytes, parseIpPacket(packet.bytes)))
      if (verdict === 'bad') throw new Error(`seed ${seed}: ${field} is bad`);
  return HOSTILE_A_WIRE;
}

/** A few octets changed; the checksums are made right most of the time, or nothing deep is reached. */
function mutate(packet: Uint8Array, random: ReturnType<typeof seededRandom>): Uint8Array {
  const bytes = packet.slice(0, random.below(8) === 0 ? random.below(packet.length + 1) : packet.length);
  for (let left = 1 + random.below(4); left > 0 && bytes.length > 0; left -= 1)
    bytes[random.below(Math.min(60, bytes.length))] = random.pick([0, 1, 0x7f, 0x80, 0xff, random.below(256)]);
  return random.below(4) === 0 ? bytes : mended(bytes);
}

/** With the checksums that it should have had. */
function mended(bytes: Uint8Array): Uint8Array {
  const parsed = parseIpPacket(bytes);
  const at = { ip: parsed.ip?.at, tcp: parsed.transport?.at };
  for (const { field, expected } of verifyChecksums(bytes, parsed)) {
    const from = field === 'ip.checksum' ? (at.ip ?? 0) + 10 : (at.tcp ?? 0) + (field === 'tcp.checksum' ? 16 : 2);
    if (expected === null) continue;
    bytes[from] = expected >> 8;
    bytes[from + 1] = expected & 0xff;
  }
  return bytes;
}
