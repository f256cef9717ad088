/** The older format of capture files: draft-ietf-opsawg-pcap. */
import { NumberReader } from './byte-order.ts';
import { type CaptureSink, type FileProblem, MAX_FRAME_BYTES, type RecordReader } from './capture-file.ts';

/** How a file begins: whether its times are in micro- or nanoseconds, and in which byte order. */
const MAGICS: ReadonlyMap<number, { readonly perSecond: number; readonly littleEndian: boolean }> = new Map([
  [0xa1b2c3d4, { perSecond: 1e6, littleEndian: true }],
  [0xa1b23c4d, { perSecond: 1e9, littleEndian: true }],
  [0xd4c3b2a1, { perSecond: 1e6, littleEndian: false }],
  [0x4d3cb2a1, { perSecond: 1e9, littleEndian: false }],
]);

const FILE_HEADER_OCTETS = 24;
const RECORD_HEADER_OCTETS = 16;

/** Whether a file that begins with these octets is one. */
export function isPcap(firstFour: Uint8Array): boolean {
  return MAGICS.has(new NumberReader(firstFour, true).u32(0));
}

/** Reads the header and the records of one file. */
export class PcapReader implements RecordReader {
  readonly #sink: CaptureSink;
  #form: { readonly perSecond: number; readonly littleEndian: boolean; readonly linkType: number } | null = null;

  constructor(sink: CaptureSink) {
    this.#sink = sink;
  }

  read(bytes: Uint8Array, at: number, end: number): number | Omit<FileProblem, 'at'> {
    if (this.#form === null) return this.#readHeader(bytes, at, end);
    if (end - at < RECORD_HEADER_OCTETS) return 0;
    const { perSecond, littleEndian, linkType } = this.#form;
    const numbers = new NumberReader(bytes, littleEndian);
    const captured = numbers.u32(at + 8);
    if (captured > MAX_FRAME_BYTES)
      return { problem: 'too-large', message: `a packet of ${captured} octets; at most ${MAX_FRAME_BYTES} are read` };
    if (end - at - RECORD_HEADER_OCTETS < captured) return 0;
    const fraction = numbers.u32(at + 4) * (1e9 / perSecond);
    const from = at + RECORD_HEADER_OCTETS;
    this.#sink.frame({
      // Some programs write a fraction of more than a second.
      seconds: numbers.u32(at) + Math.floor(fraction / 1e9),
      nanoseconds: fraction % 1e9,
      interface: 0,
      linkType,
      bytes: bytes.subarray(from, from + captured),
      originalLength: numbers.u32(at + 12),
      direction: null,
      comment: null,
    });
    return RECORD_HEADER_OCTETS + captured;
  }

  #readHeader(bytes: Uint8Array, at: number, end: number): number | Omit<FileProblem, 'at'> {
    if (end - at < FILE_HEADER_OCTETS) return 0;
    const magic = MAGICS.get(new NumberReader(bytes, true).u32(at));
    if (!magic) return { problem: 'not-a-capture', message: 'this is no pcap file' };
    const numbers = new NumberReader(bytes, magic.littleEndian);
    // The highest bits say how long a frame check sequence is.
    const linkType = numbers.u32(at + 20) & 0x0fff_ffff;
    this.#form = { ...magic, linkType };
    this.#sink.interface?.({ linkType, name: '', snapLength: numbers.u32(at + 16) });
    return FILE_HEADER_OCTETS;
  }
}
