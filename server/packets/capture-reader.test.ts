import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CaptureInterface, type CaptureStatistics, type Frame, MAX_FRAME_BYTES } from './capture-file.ts';
import { CaptureReader } from './capture-reader.ts';
import { interfaceBlock, packetBlock, secretsBlock, sectionBlock } from './pcapng-writer.ts';
import { octets, uint32 } from './testing/arbitraries.ts';

/** What a reader told its sink, in chunks of `chunk` octets. */
function read(file: Uint8Array, chunk = file.length || 1) {
  const frames: Frame[] = [];
  const interfaces: CaptureInterface[] = [];
  const statistics: CaptureStatistics[] = [];
  const notes: string[] = [];
  const reader = new CaptureReader({
    frame: (frame) => frames.push({ ...frame, bytes: frame.bytes.slice() }),
    interface: (described) => interfaces.push(described),
    statistics: (counts) => statistics.push(counts),
    note: (what, text) => notes.push(`${what}: ${text}`),
  });
  for (let at = 0; at < file.length; at += chunk) reader.push(file.subarray(at, at + chunk));
  return { problem: reader.end(), frames, interfaces, statistics, notes };
}

function joined(...parts: readonly Uint8Array[]): Uint8Array {
  return Uint8Array.from(parts.flatMap((part) => [...part]));
}

const ETHERNET = { linkType: 1, name: 'lo', snapLength: 0 };
const BEGIN = joined(sectionBlock({ application: 'Porthole' }), interfaceBlock(ETHERNET));

const frame = fc.record({
  seconds: uint32,
  nanoseconds: fc.nat(999_999_999),
  bytes: octets(80),
  direction: fc.constantFrom('inbound' as const, 'outbound' as const, null),
  comment: fc.oneof(
    fc.constant(null),
    fc.string({ minLength: 1, maxLength: 40, unit: 'grapheme' }).filter((text) => !text.includes('\0')),
  ),
});

describe('a pcapng file', () => {
  it('is read as it was written, however it is cut into chunks', () => {
    fc.assert(
      fc.property(fc.array(frame, { maxLength: 6 }), fc.integer({ min: 1, max: 200 }), (frames, chunk) => {
        const file = joined(BEGIN, ...frames.map((each) => packetBlock({ interface: 0, ...each })));
        const { problem, frames: found, interfaces, notes } = read(file, chunk);
        expect(problem).toBeNull();
        expect(interfaces).toEqual([ETHERNET]);
        expect(notes).toEqual(['application: Porthole']);
        expect(found).toEqual(
          frames.map((each) => ({ ...each, interface: 0, linkType: 1, originalLength: each.bytes.length })),
        );
      }),
    );
  });

  it('may have several sections, blocks that nobody knows, and statistics', () => {
    const unknown = Uint8Array.of(0xad, 0x0b, 0, 0, 16, 0, 0, 0, 1, 2, 3, 4, 16, 0, 0, 0);
    const statistics = Uint8Array.from([
      ...[5, 0, 0, 0, 36, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0],
      ...[5, 0, 8, 0, 7, 0, 0, 0, 0, 0, 0, 0, 36, 0, 0, 0],
    ]);
    const packet = packetBlock({ interface: 0, seconds: 1, nanoseconds: 2, bytes: Uint8Array.of(1) });
    const {
      problem,
      frames,
      statistics: counts,
    } = read(joined(BEGIN, unknown, secretsBlock('CLIENT_RANDOM 00 11\n'), packet, BEGIN, packet, statistics));
    expect(problem).toBeNull();
    expect(frames.map((each) => each.interface)).toEqual([0, 1]);
    expect(counts).toEqual([{ interface: 1, received: null, dropped: 7 }]);
  });

  it('says where it stops making sense, and keeps what came before', () => {
    const packet = packetBlock({ interface: 0, seconds: 1, nanoseconds: 2, bytes: Uint8Array.of(1, 2, 3) });
    const whole = joined(BEGIN, packet, packet);
    expect(read(whole.subarray(0, whole.length - 3))).toMatchObject({
      problem: { problem: 'truncated' },
      frames: [{}],
    });
    const lying = whole.slice();
    lying[lying.length - 1] = 0x7f;
    expect(read(lying)).toMatchObject({
      problem: { problem: 'malformed', at: BEGIN.length + packet.length },
      frames: [{}],
    });
    const foreign = joined(BEGIN, packetBlock({ interface: 3, seconds: 1, nanoseconds: 2, bytes: Uint8Array.of(1) }));
    expect(read(foreign)).toMatchObject({ problem: { problem: 'malformed', at: BEGIN.length } });
  });

  it('refuses what is too large before it is there', () => {
    const huge = Uint8Array.of(6, 0, 0, 0, 0xf0, 0xff, 0xff, 0x7f, 0, 0, 0, 0);
    expect(read(joined(BEGIN, huge)).problem).toMatchObject({ problem: 'too-large' });
    const large = packetBlock({ interface: 0, seconds: 0, nanoseconds: 0, bytes: new Uint8Array(MAX_FRAME_BYTES + 1) });
    expect(read(joined(BEGIN, large)).problem).toMatchObject({ problem: 'too-large' });
  });
});

describe('a pcap file', () => {
  const pcap = (magic: readonly number[], big: boolean) => {
    const u32 = (value: number) => {
      const little = [value & 255, (value >>> 8) & 255, (value >>> 16) & 255, value >>> 24];
      return big ? little.reverse() : little;
    };
    const header = [
      ...magic,
      ...(big ? [0, 2, 0, 4] : [2, 0, 4, 0]),
      ...u32(0),
      ...u32(0),
      ...u32(65_535),
      ...u32(101),
    ];
    return Uint8Array.from([...header, ...u32(10), ...u32(500), ...u32(2), ...u32(9), 0x45, 0x00]);
  };

  it.each([
    ['microseconds, little-endian', [0xd4, 0xc3, 0xb2, 0xa1], false, 500_000],
    ['microseconds, big-endian', [0xa1, 0xb2, 0xc3, 0xd4], true, 500_000],
    ['nanoseconds, little-endian', [0x4d, 0x3c, 0xb2, 0xa1], false, 500],
    ['nanoseconds, big-endian', [0xa1, 0xb2, 0x3c, 0x4d], true, 500],
  ])('with %s is read, octet by octet, too', (_what, magic, big, nanoseconds) => {
    const found = { seconds: 10, nanoseconds, linkType: 101, originalLength: 9, bytes: Uint8Array.of(0x45, 0) };
    for (const chunk of [1, 7, 1_000]) {
      expect(read(pcap(magic, big), chunk)).toMatchObject({ problem: null, frames: [found] });
    }
  });
});

describe('any octets', () => {
  it.each([
    ['nothing', new Uint8Array(0)],
    ['three octets', Uint8Array.of(1, 2, 3)],
    ['text', Uint8Array.from('hello, this is text', (char) => char.charCodeAt(0))],
  ])('%s is no capture file', (_what, file) => {
    expect(read(file).problem).toMatchObject({ problem: 'not-a-capture', at: 0 });
  });

  it('behind a good beginning are survived', () => {
    fc.assert(
      fc.property(octets(200), fc.integer({ min: 1, max: 64 }), (tail, chunk) => {
        const { problem, frames, interfaces } = read(joined(BEGIN, tail), chunk);
        // The least block has 12 octets; whatever they are, no more can have been read.
        expect(frames.length + interfaces.length - 1).toBeLessThanOrEqual(tail.length / 12);
        if (problem) expect(problem.at).toBeLessThanOrEqual(BEGIN.length + tail.length);
      }),
    );
  });

  it('within a good file are survived: one octet changed', () => {
    const packets = [1, 2, 3].map((seconds) =>
      packetBlock({ interface: 0, seconds, nanoseconds: 0, bytes: new Uint8Array(40) }),
    );
    const file = joined(BEGIN, ...packets);
    fc.assert(
      fc.property(fc.nat(file.length - 1), fc.nat(255), (at, octet) => {
        const mutated = file.slice();
        mutated[at] = octet;
        const { frames } = read(mutated, 33);
        expect(frames.length).toBeLessThanOrEqual(3);
      }),
      { numRuns: 500 },
    );
  });
});
