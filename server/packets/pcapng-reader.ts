/** pcapng: draft-ietf-opsawg-pcapng. Block types that are not known are skipped, as the format asks (§3.1). */
import { NumberReader } from './byte-order.ts';
import {
  type CaptureSink,
  type FileProblem,
  type FrameDirection,
  MAX_BLOCK_BYTES,
  MAX_FRAME_BYTES,
  MAX_INTERFACES,
  type RecordReader,
  type Timestamp,
} from './capture-file.ts';
import { type BlockOption, optionText, readOptions } from './pcapng-options.ts';

/** Block types. */
export const BLOCKS = {
  section: 0x0a0d0d0a,
  interface: 1,
  packet: 2,
  simplePacket: 3,
  nameResolution: 4,
  statistics: 5,
  enhancedPacket: 6,
  secrets: 10,
} as const;

/** How a section's header spells "this byte order". */
export const BYTE_ORDER_MAGIC = 0x1a2b3c4d;

/** Codes of options. */
const COMMENT = 1;
const SECTION_APPLICATION = 4;
const INTERFACE_NAME = 2;
const INTERFACE_RESOLUTION = 9;
const INTERFACE_OFFSET = 14;
const PACKET_FLAGS = 2;
const STATISTICS_RECEIVED = 4;
const STATISTICS_DROPPED = 5;

type Refusal = Omit<FileProblem, 'at'>;

interface Interface {
  readonly linkType: number;
  readonly snapLength: number;
  /** Ticks in a second, and whether they are a power of ten below 2⁵³ / 2³² and so exact in plain numbers. */
  readonly resolution: bigint;
  readonly offsetSeconds: number;
}

/** Reads the blocks of one file. */
export class PcapngReader implements RecordReader {
  readonly #sink: CaptureSink;
  /** Interfaces of this section; frames count them from the first section on. */
  #interfaces: Interface[] = [];
  #interfacesBefore = 0;
  #littleEndian = true;
  #numbers: NumberReader | null = null;

  constructor(sink: CaptureSink) {
    this.#sink = sink;
  }

  read(bytes: Uint8Array, at: number, end: number): number | Refusal {
    if (end - at < 12) return 0;
    // The type of a section block is the same in either order.
    const isSection = this.#numbersOf(bytes).u32(at) === BLOCKS.section;
    if (isSection) {
      const refusal = this.#readByteOrder(bytes, at);
      if (refusal) return refusal;
    }
    const numbers = this.#numbersOf(bytes);
    const length = numbers.u32(at + 4);
    if (length < 12 || length % 4 !== 0)
      return { problem: 'malformed', message: `a block says that it has ${length} octets` };
    if (length > MAX_BLOCK_BYTES)
      return { problem: 'too-large', message: `a block of ${length} octets; at most ${MAX_BLOCK_BYTES} are read` };
    if (end - at < length) return 0;
    if (numbers.u32(at + length - 4) !== length)
      return { problem: 'malformed', message: 'the two lengths of a block differ' };
    return this.#readBlock(bytes, numbers.u32(at), at + 8, at + length - 4) ?? length;
  }

  /** One reader for all blocks of a buffer. */
  #numbersOf(bytes: Uint8Array): NumberReader {
    if (this.#numbers?.bytes !== bytes || this.#numbers.littleEndian !== this.#littleEndian)
      this.#numbers = new NumberReader(bytes, this.#littleEndian);
    return this.#numbers;
  }

  #readByteOrder(bytes: Uint8Array, at: number): Refusal | null {
    const magic = new NumberReader(bytes, true).u32(at + 8);
    if (magic === BYTE_ORDER_MAGIC) this.#littleEndian = true;
    else if (new NumberReader(bytes, false).u32(at + 8) === BYTE_ORDER_MAGIC) this.#littleEndian = false;
    else return { problem: 'malformed', message: 'a section without a byte order' };
    return null;
  }

  /** One block's body, `at` to `end`, without type and lengths. */
  #readBlock(bytes: Uint8Array, type: number, at: number, end: number): Refusal | null {
    switch (type) {
      case BLOCKS.section:
        return this.#readSection(bytes, at, end);
      case BLOCKS.interface:
        return this.#readInterface(bytes, at, end);
      case BLOCKS.enhancedPacket:
        return this.#readPacket(bytes, at, end, this.#numbersOf(bytes).u32(at));
      case BLOCKS.packet:
        // Obsolete (appendix A): the interface has 16 bits, and drops the other 16.
        return this.#readPacket(bytes, at, end, this.#numbersOf(bytes).u16(at));
      case BLOCKS.simplePacket:
        return this.#readSimplePacket(bytes, at, end);
      case BLOCKS.statistics:
        return this.#readStatistics(bytes, at, end);
      default:
        return null;
    }
  }

  #readSection(bytes: Uint8Array, at: number, end: number): Refusal | null {
    if (end - at < 16) return tooShort('section header');
    this.#interfacesBefore += this.#interfaces.length;
    this.#interfaces = [];
    for (const option of readOptions(bytes, at + 16, end, this.#littleEndian)) {
      if (option.code === SECTION_APPLICATION) this.#sink.note?.('application', optionText(bytes, option));
      else if (option.code === COMMENT) this.#sink.note?.('comment', optionText(bytes, option));
    }
    return null;
  }

  #readInterface(bytes: Uint8Array, at: number, end: number): Refusal | null {
    if (end - at < 8) return tooShort('interface description');
    if (this.#interfacesBefore + this.#interfaces.length >= MAX_INTERFACES)
      return { problem: 'too-large', message: `more than ${MAX_INTERFACES} interfaces` };
    const numbers = this.#numbersOf(bytes);
    const options = readOptions(bytes, at + 8, end, this.#littleEndian);
    const named = options.find(({ code }) => code === INTERFACE_NAME);
    const resolution = options.find(({ code, length }) => code === INTERFACE_RESOLUTION && length >= 1);
    const offset = options.find(({ code, length }) => code === INTERFACE_OFFSET && length === 8);
    const described = { linkType: numbers.u16(at), snapLength: numbers.u32(at + 4) };
    this.#interfaces.push({
      ...described,
      resolution: ticksPerSecond(resolution ? (bytes[resolution.at] ?? 6) : 6),
      offsetSeconds: offset ? signed64(numbers.u64(offset.at)) : 0,
    });
    this.#sink.interface?.({ ...described, name: named ? optionText(bytes, named) : '' });
    return null;
  }

  /** Interface, time in two halves, captured and original length, octets, options. */
  #readPacket(bytes: Uint8Array, at: number, end: number, index: number): Refusal | null {
    if (end - at < 20) return tooShort('packet');
    const numbers = this.#numbersOf(bytes);
    const where = this.#interfaces[index];
    if (!where) return { problem: 'malformed', message: `a packet of interface ${index}, which is not described` };
    const captured = numbers.u32(at + 12);
    const refusal = badLength(captured, end - at - 20);
    if (refusal) return refusal;
    const optionsAt = at + 20 + ((captured + 3) & ~3);
    const options = optionsAt + 4 <= end ? readOptions(bytes, optionsAt, end, this.#littleEndian) : NO_OPTIONS;
    this.#sink.frame({
      ...stampOf(numbers.u32(at + 4), numbers.u32(at + 8), where),
      interface: this.#interfacesBefore + index,
      linkType: where.linkType,
      bytes: bytes.subarray(at + 20, at + 20 + captured),
      originalLength: numbers.u32(at + 16),
      direction: directionOf(options, numbers),
      comment: commentOf(bytes, options),
    });
    return null;
  }

  /** No time and no interface: the first one is meant (§4.4). */
  #readSimplePacket(bytes: Uint8Array, at: number, end: number): Refusal | null {
    if (end - at < 4) return tooShort('simple packet');
    const where = this.#interfaces[0];
    if (!where) return { problem: 'malformed', message: 'a packet without an interface' };
    const originalLength = this.#numbersOf(bytes).u32(at);
    const captured = Math.min(originalLength, where.snapLength || originalLength, end - at - 4);
    const refusal = badLength(captured, end - at - 4);
    if (refusal) return refusal;
    this.#sink.frame({
      seconds: 0,
      nanoseconds: 0,
      interface: this.#interfacesBefore,
      linkType: where.linkType,
      bytes: bytes.subarray(at + 4, at + 4 + captured),
      originalLength,
      direction: null,
      comment: null,
    });
    return null;
  }

  #readStatistics(bytes: Uint8Array, at: number, end: number): Refusal | null {
    if (end - at < 12) return tooShort('interface statistics');
    const numbers = this.#numbersOf(bytes);
    const options = readOptions(bytes, at + 12, end, this.#littleEndian);
    const count = (wanted: number): number | null => {
      const option = options.find(({ code, length }) => code === wanted && length === 8);
      return option ? numbers.u64(option.at) : null;
    };
    this.#sink.statistics?.({
      interface: this.#interfacesBefore + numbers.u32(at),
      received: count(STATISTICS_RECEIVED),
      dropped: count(STATISTICS_DROPPED),
    });
    return null;
  }
}

const NO_OPTIONS: readonly BlockOption[] = [];

function tooShort(what: string): Refusal {
  return { problem: 'malformed', message: `a ${what} block that is too short` };
}

function badLength(captured: number, room: number): Refusal | null {
  if (captured > room)
    return { problem: 'malformed', message: `a packet of ${captured} octets in a block for ${room}` };
  if (captured <= MAX_FRAME_BYTES) return null;
  return { problem: 'too-large', message: `a packet of ${captured} octets; at most ${MAX_FRAME_BYTES} are read` };
}

/** if_tsresol: a power of ten, or of two when the highest bit is set. */
function ticksPerSecond(field: number): bigint {
  const exponent = BigInt(field & 0x7f);
  return (field & 0x80) === 0 ? 10n ** exponent : 2n ** exponent;
}

const MICROSECONDS = 1_000_000n;

/** Ticks, in two halves, as seconds and nanoseconds. Microseconds of our time are exact in plain numbers, and fast. */
function stampOf(high: number, low: number, { resolution, offsetSeconds }: Interface): Timestamp {
  if (resolution === MICROSECONDS) {
    const ticks = high * 2 ** 32 + low;
    const seconds = Math.floor(ticks / 1e6);
    if (ticks <= Number.MAX_SAFE_INTEGER)
      return { seconds: seconds + offsetSeconds, nanoseconds: (ticks - seconds * 1e6) * 1_000 };
  }
  const ticks = (BigInt(high) << 32n) | BigInt(low);
  const seconds = ticks / resolution;
  return {
    seconds: Number(seconds) + offsetSeconds,
    nanoseconds: Number(((ticks - seconds * resolution) * 1_000_000_000n) / resolution),
  };
}

function signed64(value: number): number {
  return value >= 2 ** 63 ? value - 2 ** 64 : value;
}

function directionOf(options: readonly BlockOption[], numbers: NumberReader): FrameDirection | null {
  const flags = options.find(({ code, length }) => code === PACKET_FLAGS && length === 4);
  const bits = flags ? numbers.u32(flags.at) & 3 : 0;
  return bits === 1 ? 'inbound' : bits === 2 ? 'outbound' : null;
}

function commentOf(bytes: Uint8Array, options: readonly BlockOption[]): string | null {
  const comment = options.find(({ code }) => code === COMMENT);
  return comment ? optionText(bytes, comment) : null;
}
