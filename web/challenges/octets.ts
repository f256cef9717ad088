/** Octets of a transcript's entry that a row shows. */
const SHOWN_OCTETS = 64;

/** What a row shows of an entry's octets. */
export interface ShownOctets {
  /** `68 65 6c`. */
  readonly hex: string;
  /** `hel`, a dot for what is no printable ASCII. */
  readonly text: string;
  /** Octets that are not shown. */
  readonly more: number;
}

/** @param base64 the octets that were kept @param length how many there were */
export function shownOctets(base64: string, length: number): ShownOctets {
  const octets = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0)).subarray(0, SHOWN_OCTETS);
  return {
    hex: Array.from(octets, (octet) => octet.toString(16).padStart(2, '0')).join(' '),
    text: Array.from(octets, (octet) => (octet >= 0x20 && octet < 0x7f ? String.fromCharCode(octet) : '·')).join(''),
    more: length - octets.length,
  };
}
