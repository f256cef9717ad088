/** A capture file of either format, read as it comes. */
import { NumberReader } from './byte-order.ts';
import type { CaptureSink, FileProblem, RecordReader } from './capture-file.ts';
import { isPcap, PcapReader } from './pcap-reader.ts';
import { BLOCKS, PcapngReader } from './pcapng-reader.ts';

/**
 * Takes a file in chunks of any size and tells a sink what it holds. It keeps at most one incomplete record. After a
 * problem it reads no further.
 */
export class CaptureReader {
  readonly #sink: CaptureSink;
  #format: RecordReader | null = null;
  #rest = new Uint8Array(0);
  /** Octet of the file at which `#rest` begins. */
  #at = 0;
  #problem: FileProblem | null = null;

  constructor(sink: CaptureSink) {
    this.#sink = sink;
  }

  get problem(): FileProblem | null {
    return this.#problem;
  }

  /** Reads on. Returns what is wrong, if something is. */
  push(chunk: Uint8Array): FileProblem | null {
    if (this.#problem) return this.#problem;
    const bytes = this.#rest.length === 0 ? chunk : joined(this.#rest, chunk);
    const read = this.#readRecords(bytes);
    this.#rest = bytes.slice(read);
    this.#at += read;
    return this.#problem;
  }

  /** The file is over. Returns what is wrong, if something is: an incomplete record, too. */
  end(): FileProblem | null {
    if (this.#problem) return this.#problem;
    if (this.#format === null && this.#rest.length === 0) return this.#stop(0, 'not-a-capture', 'the file is empty');
    if (this.#format === null) return this.#stop(0, 'not-a-capture', NEITHER);
    if (this.#rest.length > 0) return this.#stop(0, 'truncated', 'the file ends in the middle of a record');
    return null;
  }

  #readRecords(bytes: Uint8Array): number {
    if (bytes.length < 4) return 0;
    this.#format ??= formatOf(bytes, this.#sink);
    if (this.#format === null) {
      this.#stop(0, 'not-a-capture', NEITHER);
      return 0;
    }
    let at = 0;
    while (at < bytes.length) {
      const read = this.#format.read(bytes, at, bytes.length);
      if (typeof read !== 'number') {
        this.#stop(at, read.problem, read.message);
        break;
      }
      if (read === 0) break;
      at += read;
    }
    return at;
  }

  #stop(at: number, problem: FileProblem['problem'], message: string): FileProblem {
    this.#problem = { problem, at: this.#at + at, message };
    return this.#problem;
  }
}

const NEITHER = 'this is neither a pcapng nor a pcap file';

function formatOf(bytes: Uint8Array, sink: CaptureSink): RecordReader | null {
  if (new NumberReader(bytes, true).u32(0) === BLOCKS.section) return new PcapngReader(sink);
  return isPcap(bytes) ? new PcapReader(sink) : null;
}

function joined(head: Uint8Array, tail: Uint8Array): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(head.length + tail.length);
  bytes.set(head);
  bytes.set(tail, head.length);
  return bytes;
}
