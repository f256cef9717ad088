/** Octet ranges, and the one way a codec says no. */

/** Octets `start` (included) to `end` (excluded) of the buffer that was parsed. */
export interface OctetRange {
  readonly start: number;
  readonly end: number;
}

/** Why octets could not be read as what they claim to be. */
export type PacketProblemCode =
  /** Fewer octets than the header, or than its own length field says. */
  | 'truncated'
  /** A version, type or length that the header's definition does not allow. */
  | 'malformed'
  /** Well formed as far as it goes, but a protocol that is not decoded here. */
  | 'unsupported';

/** A codec never throws: what it could not read it answers as one of these. */
export interface PacketProblem {
  readonly code: PacketProblemCode;
  /** Octet of the parsed buffer at which reading stopped. */
  readonly at: number;
  /** Header that was being read: `ethernet`, `ipv4`, `tcp` … */
  readonly layer: string;
  /** Plain English, for people: what was expected and what was found. */
  readonly message: string;
}
