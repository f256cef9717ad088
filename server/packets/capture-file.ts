/** What a capture file holds, whichever of the two formats it has. */

/** Largest packet that is taken, in octets: what Wireshark takes, too. */
export const MAX_FRAME_BYTES = 262_144;

/** Largest block of a pcapng file, in octets: a packet of the largest size, its options, and room. */
export const MAX_BLOCK_BYTES = 1024 * 1024;

/** Interfaces of one section. */
export const MAX_INTERFACES = 1_024;

/** Octets of a comment, a name or a description that are kept. */
export const MAX_TEXT_BYTES = 4 * 1024;

/** When a frame was stamped: since 1970-01-01 UTC. Two numbers, for nanoseconds do not fit one. */
export interface Timestamp {
  readonly seconds: number;
  /** 0 to 999,999,999. */
  readonly nanoseconds: number;
}

/** Which way a frame went, as seen by the machine that captured it. */
export type FrameDirection = 'inbound' | 'outbound';

/** An interface that frames were captured on. */
export interface CaptureInterface {
  readonly linkType: number;
  /** Empty where the file does not say. */
  readonly name: string;
  /** Octets kept of each frame; 0: all. */
  readonly snapLength: number;
}

/** One captured frame. */
export interface Frame extends Timestamp {
  /** Position of its interface among those of the file. */
  readonly interface: number;
  readonly linkType: number;
  /** The octets that were kept. A view into what was pushed: copy it to keep it. */
  readonly bytes: Uint8Array;
  /** Octets that the frame had. */
  readonly originalLength: number;
  readonly direction: FrameDirection | null;
  readonly comment: string | null;
}

/** What a capture program says of an interface when it ends. */
export interface CaptureStatistics {
  readonly interface: number;
  /** `null` where it does not say. */
  readonly received: number | null;
  readonly dropped: number | null;
}

/** Why a file can't be read on. What was read before it stands. */
export interface FileProblem {
  readonly problem: 'not-a-capture' | 'truncated' | 'malformed' | 'too-large' | 'unsupported';
  /** Octet of the file at which reading stopped. */
  readonly at: number;
  readonly message: string;
}

/** Who is told what a file holds, in its order. */
export interface CaptureSink {
  interface?(described: CaptureInterface): void;
  frame(frame: Frame): void;
  statistics?(statistics: CaptureStatistics): void;
  /** A comment on the file, or the name of the program that made it. */
  note?(what: 'application' | 'comment', text: string): void;
}

/** One format of records. Reads what is complete; nothing is kept between calls but what its header said. */
export interface RecordReader {
  /**
   * Reads the record at `at` of `bytes`, which reach to `end`.
   * @returns octets read, 0 when the record is not complete yet, or why it can't be read
   */
  read(bytes: Uint8Array, at: number, end: number): number | Omit<FileProblem, 'at'>;
}
