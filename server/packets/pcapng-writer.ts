/** Writes pcapng (draft-ietf-opsawg-pcapng), little-endian, times in nanoseconds. Each function gives one block. */
import { NumberWriter } from './byte-order.ts';
import type { CaptureInterface, FrameDirection, Timestamp } from './capture-file.ts';
import { BLOCKS, BYTE_ORDER_MAGIC } from './pcapng-reader.ts';
import { encodeUtf8 } from './utf8.ts';

/** The first block of a file. */
export function sectionBlock(about: { readonly application: string; readonly comment?: string }): Uint8Array {
  const body = new NumberWriter().u32(BYTE_ORDER_MAGIC).u16(1).u16(0);
  // The length of the section is not said.
  body.u32(0xffff_ffff).u32(0xffff_ffff);
  if (about.comment) textOption(body, 1, about.comment);
  textOption(body, 4, about.application);
  return block(BLOCKS.section, endOptions(body));
}

/** if_tsresol: ten to the minus ninth. */
const NANOSECONDS = 9;

/** Describes an interface; packets name it by its position among these blocks. */
export function interfaceBlock({ linkType, name, snapLength }: CaptureInterface): Uint8Array {
  const body = new NumberWriter().u16(linkType).u16(0).u32(snapLength);
  if (name !== '') textOption(body, 2, name);
  option(body, 9, [NANOSECONDS]);
  return block(BLOCKS.interface, endOptions(body));
}

/** A packet as it is written. */
export interface WrittenPacket extends Timestamp {
  /** Position of its interface block in the file. */
  readonly interface: number;
  readonly bytes: Uint8Array;
  /** Octets that it had on the wire; those of `bytes` when nothing is said. */
  readonly originalLength?: number;
  readonly direction?: FrameDirection | null;
  readonly comment?: string | null;
}

/** One packet. */
export function packetBlock(packet: WrittenPacket): Uint8Array {
  const { bytes, seconds, nanoseconds, direction, comment } = packet;
  const ticks = BigInt(seconds) * 1_000_000_000n + BigInt(nanoseconds);
  const body = new NumberWriter(bytes.length + 128)
    .u32(packet.interface)
    .u32(Number((ticks >> 32n) & 0xffff_ffffn))
    .u32(Number(ticks & 0xffff_ffffn))
    .u32(bytes.length)
    .u32(packet.originalLength ?? bytes.length)
    .octets(bytes)
    .pad();
  if (!direction && !comment) return block(BLOCKS.enhancedPacket, body);
  if (comment) textOption(body, 1, comment);
  if (direction) option(body, 2, [direction === 'inbound' ? 1 : 2, 0, 0, 0]);
  return block(BLOCKS.enhancedPacket, endOptions(body));
}

/** Secrets type of a TLS key log. */
const TLS_KEY_LOG = 0x544c534b;

/** TLS secrets in the form of SSLKEYLOGFILE, so that a reader can decrypt the packets after it (§4.7). */
export function secretsBlock(keyLog: string): Uint8Array {
  const secrets = encodeUtf8(keyLog);
  const body = new NumberWriter(secrets.length + 16).u32(TLS_KEY_LOG).u32(secrets.length).octets(secrets).pad();
  return block(BLOCKS.secrets, body);
}

function block(type: number, body: NumberWriter): Uint8Array {
  const length = body.length + 12;
  return new NumberWriter(length).u32(type).u32(length).octets(body.done()).u32(length).done();
}

function textOption(body: NumberWriter, code: number, text: string): void {
  option(body, code, encodeUtf8(text).subarray(0, 0xffff));
}

function option(body: NumberWriter, code: number, value: ArrayLike<number>): void {
  body.u16(code).u16(value.length).octets(value).pad();
}

function endOptions(body: NumberWriter): NumberWriter {
  return body.u16(0).u16(0);
}
