/** Packets of a file in columns: a million of them as objects would not fit a tab. Made in a worker, moved to the page. */
import type { CaptureInterface, FileProblem, Frame } from '#packets/capture-file.ts';
import { parsePacket } from '#packets/packet.ts';
import { flowOf } from '../packet-ends.ts';

/** Octets of one slab of the arena; a frame lies whole in one slab. */
const SLAB_BYTES = 16 * 1024 * 1024;

/** What the worker hands over. All columns have `count` entries. */
export interface PacketColumns {
  readonly count: number;
  readonly slabs: readonly Uint8Array<ArrayBuffer>[];
  readonly slab: Uint16Array;
  readonly offset: Uint32Array;
  readonly length: Uint32Array;
  readonly originalLength: Uint32Array;
  readonly seconds: Float64Array;
  readonly nanoseconds: Uint32Array;
  readonly interface: Uint16Array;
  readonly linkType: Uint16Array;
  /** Number of the flow, from 1; 0 for packets without ports. */
  readonly flow: Uint32Array;
  readonly comments: ReadonlyMap<number, string>;
  readonly interfaces: readonly CaptureInterface[];
  /** Why the file could not be read to its end. */
  readonly problem: FileProblem | null;
}

type NumberColumn = Uint16Array<ArrayBuffer> | Uint32Array<ArrayBuffer> | Float64Array<ArrayBuffer>;

/** A column that grows. */
class Column<T extends NumberColumn> {
  readonly #make: (length: number) => T;
  #values: T;
  #count = 0;

  constructor(make: (length: number) => T) {
    this.#make = make;
    this.#values = make(1_024);
  }

  push(value: number): void {
    if (this.#count === this.#values.length) {
      const grown = this.#make(this.#count * 2);
      grown.set(this.#values);
      this.#values = grown;
    }
    this.#values[this.#count] = value;
    this.#count += 1;
  }

  done(): T {
    return this.#values.slice(0, this.#count) as T;
  }
}

const u16 = () => new Column((length) => new Uint16Array(length));
const u32 = () => new Column((length) => new Uint32Array(length));

/** Takes frames and makes columns of them. */
export class ColumnsBuilder {
  readonly #slabs: Uint8Array<ArrayBuffer>[] = [];
  readonly #columns = {
    slab: u16(),
    offset: u32(),
    length: u32(),
    originalLength: u32(),
    seconds: new Column((length) => new Float64Array(length)),
    nanoseconds: u32(),
    interface: u16(),
    linkType: u16(),
    flow: u32(),
  };
  readonly #comments = new Map<number, string>();
  readonly #interfaces: CaptureInterface[] = [];
  readonly #flows = new Map<string, number>();
  #slabUsed = SLAB_BYTES;
  #count = 0;

  get count(): number {
    return this.#count;
  }

  describe(described: CaptureInterface): void {
    this.#interfaces.push(described);
  }

  add(frame: Frame): void {
    const { bytes } = frame;
    if (this.#slabUsed + bytes.length > SLAB_BYTES) {
      this.#slabs.push(new Uint8Array(SLAB_BYTES));
      this.#slabUsed = 0;
    }
    this.#slabs.at(-1)?.set(bytes, this.#slabUsed);
    const { slab, offset, length, originalLength, seconds, nanoseconds, linkType, flow } = this.#columns;
    slab.push(this.#slabs.length - 1);
    offset.push(this.#slabUsed);
    length.push(bytes.length);
    originalLength.push(frame.originalLength);
    seconds.push(frame.seconds);
    nanoseconds.push(frame.nanoseconds);
    this.#columns.interface.push(frame.interface);
    linkType.push(frame.linkType);
    flow.push(this.#flowNumber(frame));
    if (frame.comment !== null) this.#comments.set(this.#count, frame.comment);
    this.#slabUsed += bytes.length;
    this.#count += 1;
  }

  done(problem: FileProblem | null): PacketColumns {
    const columns = this.#columns;
    return {
      count: this.#count,
      slabs: this.#slabs,
      slab: columns.slab.done(),
      offset: columns.offset.done(),
      length: columns.length.done(),
      originalLength: columns.originalLength.done(),
      seconds: columns.seconds.done(),
      nanoseconds: columns.nanoseconds.done(),
      interface: columns.interface.done(),
      linkType: columns.linkType.done(),
      flow: columns.flow.done(),
      comments: this.#comments,
      interfaces: this.#interfaces,
      problem,
    };
  }

  /** Both directions of a flow, and the errors that quote it, have one number. */
  #flowNumber({ bytes, linkType }: Frame): number {
    const packet = parsePacket(bytes, linkType);
    const flow = flowOf(packet.quoted ?? packet);
    if (!flow) return 0;
    const [a, b] = [`${flow.client.address} ${flow.client.port}`, `${flow.server.address} ${flow.server.port}`];
    const key = a < b ? `${flow.transport} ${a} ${b}` : `${flow.transport} ${b} ${a}`;
    const known = this.#flows.get(key);
    if (known !== undefined) return known;
    const number = this.#flows.size + 1;
    this.#flows.set(key, number);
    return number;
  }
}

/** What is moved rather than copied. */
export function transferables(columns: PacketColumns): ArrayBuffer[] {
  const { slab, offset, length, originalLength, seconds, nanoseconds, linkType, flow, slabs } = columns;
  const views = [
    slab,
    offset,
    length,
    originalLength,
    seconds,
    nanoseconds,
    columns.interface,
    linkType,
    flow,
    ...slabs,
  ];
  return views.map((view) => view.buffer as ArrayBuffer);
}
