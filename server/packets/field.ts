/** Header fields as they lie on the wire, for whoever draws a header or asks what an octet means. */
import { ipv4Text, ipv6Text } from './address.ts';
import type { LayerName } from './octets.ts';

/** One field of one packet. */
export interface Field {
  /** Stable and dotted, close to Wireshark's names: `tcp.seq`. */
  readonly name: string;
  readonly layer: LayerName;
  /** Its first bit, counted from the beginning of the packet; bit 0 is the highest of octet 0. */
  readonly bit: number;
  /** Its width in bits. */
  readonly bits: number;
  /** Its value as text, in the form that people write it. */
  readonly value: string;
  /** Where it is defined: `RFC 9293 §3.1`. */
  readonly source: string;
  /** It belongs to the packet that an ICMP error is about, and quotes. */
  readonly quoted: boolean;
}

/** How a field's bits are written. */
export type FieldFormat = 'number' | 'hex' | 'ipv4' | 'ipv6' | 'mac' | 'octets' | 'words' | 'eighths';

/** A field at a fixed place of its header. */
export interface FieldDefinition {
  readonly name: string;
  /** First bit, counted from the beginning of the header. */
  readonly bit: number;
  readonly bits: number;
  readonly format: FieldFormat;
  readonly source: string;
}

/** A row of a table of definitions: name, width in bits, format. They follow each other without gaps. */
export type FieldRow = readonly [name: string, bits: number, format: FieldFormat];

/** Lays rows one behind the other. */
export function layOut(source: string, rows: readonly FieldRow[]): readonly FieldDefinition[] {
  let bit = 0;
  return rows.map(([name, bits, format]) => {
    const definition = { name, bit, bits, format, source };
    bit += bits;
    return definition;
  });
}

/** The fields of a header that begins at octet `at`, as far as octets reach. */
export function readFields(
  bytes: Uint8Array,
  layer: LayerName,
  at: number,
  definitions: readonly FieldDefinition[],
): Field[] {
  return definitions
    .filter(({ bit, bits }) => at * 8 + bit + bits <= bytes.length * 8)
    .map(({ name, bit, bits, format, source }) => ({
      name,
      layer,
      bit: at * 8 + bit,
      bits,
      value: textOf(bytes, at * 8 + bit, bits, format),
      source,
      quoted: false,
    }));
}

/** One field that stands alone. */
export function readField(bytes: Uint8Array, layer: LayerName, at: number, row: FieldRow, source: string): Field[] {
  return readFields(bytes, layer, at, layOut(source, [row]));
}

/** Octets that a value shows at the most. */
const SHOWN_OCTETS = 16;

function textOf(bytes: Uint8Array, bit: number, bits: number, format: FieldFormat): string {
  const at = bit >> 3;
  switch (format) {
    case 'ipv4':
      return ipv4Text(bytes, at);
    case 'ipv6':
      return ipv6Text(bytes, at);
    case 'mac':
      return hexOctets(bytes, at, 6, ':');
    case 'octets':
      return hexOctets(bytes, at, bits >> 3, ' ');
    case 'hex':
      return `0x${bitsOf(bytes, bit, bits)
        .toString(16)
        .padStart(Math.ceil(bits / 4), '0')}`;
    case 'words':
      return String(bitsOf(bytes, bit, bits) * 4);
    case 'eighths':
      return String(bitsOf(bytes, bit, bits) * 8);
    case 'number':
      return String(bitsOf(bytes, bit, bits));
  }
}

/** Up to 32 bits as a number. */
function bitsOf(bytes: Uint8Array, bit: number, bits: number): number {
  let value = 0;
  for (let index = bit; index < bit + bits; index += 1)
    value = value * 2 + (((bytes[index >> 3] ?? 0) >> (7 - (index & 7))) & 1);
  return value;
}

function hexOctets(bytes: Uint8Array, at: number, count: number, separator: string): string {
  const shown = Array.from(bytes.subarray(at, at + Math.min(count, SHOWN_OCTETS)), (octet) =>
    octet.toString(16).padStart(2, '0'),
  );
  return `${shown.join(separator)}${count > SHOWN_OCTETS ? ' …' : ''}`;
}
