/** The octets of a text in which a character is an octet, as the HTTP reader gives lines. */
export function latin1(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => character.charCodeAt(0) & 0xff);
}
