/** What has arrived as a program reads it: octets, or text at any chunking, as Node's StringDecoder. https://nodejs.org/api/string_decoder.html */
import { decodeUtf8 } from '#packets/utf8.ts';
import { type Encoding, encodingOf, Octets } from './octets.ts';

/** Gives octets as they come until an encoding is chosen; from then on text in whole characters. */
export class ChunkDecoder {
  #encoding: Encoding | null = null;
  /** Octets of a UTF-8 character whose end has not come. */
  #undecoded: Uint8Array = new Uint8Array(0);

  /** Throws a TypeError where it is no encoding that the lab knows. */
  choose(encoding: string): void {
    this.#encoding = encodingOf(encoding);
  }

  /** What can be read now; `null`: nothing until more has come. */
  decode(bytes: Uint8Array): Octets | string | null {
    if (this.#encoding === null) return Octets.from(bytes);
    const all = Octets.concat([this.#undecoded, bytes]);
    const whole = this.#encoding.startsWith('utf') ? wholeCharacters(all) : all.length;
    this.#undecoded = all.subarray(whole);
    return whole > 0 ? all.slice(0, whole).toString(this.#encoding) : null;
  }

  /** What is left when nothing more comes; `null`: nothing. */
  rest(): string | null {
    return this.#undecoded.length > 0 ? decodeUtf8(this.#undecoded) : null;
  }
}

/** Octets up to the end of the last whole UTF-8 character. RFC 3629 §3. */
function wholeCharacters(bytes: Uint8Array): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back += 1) {
    const octet = bytes[bytes.length - back] ?? 0;
    if (octet < 0x80) return bytes.length;
    if (octet < 0xc0) continue;
    const needs = octet >= 0xf0 ? 4 : octet >= 0xe0 ? 3 : 2;
    return needs > back ? bytes.length - back : bytes.length;
  }
  return bytes.length;
}
