/** CRC-32 as in gzip (RFC 1952 §8): a link has lost or changed a character somewhere on its way more often than not. */

const POLYNOMIAL = 0xedb88320;
const ALL_ONES = 0xffffffff;

const TABLE = Uint32Array.from({ length: 256 }, (_, octet) => {
  let remainder = octet;
  for (let bit = 0; bit < 8; bit += 1) remainder = remainder & 1 ? POLYNOMIAL ^ (remainder >>> 1) : remainder >>> 1;
  return remainder;
});

/** The check value of `bytes`, from 0 to 2³² − 1. */
export function crc32(bytes: Uint8Array): number {
  let crc = ALL_ONES;
  for (const octet of bytes) crc = (TABLE[(crc ^ octet) & 0xff] ?? 0) ^ (crc >>> 8);
  return (crc ^ ALL_ONES) >>> 0;
}
