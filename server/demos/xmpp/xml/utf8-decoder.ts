/** UTF-8 in pieces, RFC 3629. What comes before a bad octet is decoded whichever way the text was cut. */

/** What came out of a piece. */
export interface Decoded {
  readonly text: string;
  /** A bad octet follows the text; nothing after it is decoded. */
  readonly bad: boolean;
}

/** A decoder that holds back the beginning of a character until its end comes. */
export class Utf8Decoder {
  readonly #decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  #held = new Uint8Array(0);

  /** Octets of an unfinished character: at most 3. */
  get heldBytes(): number {
    return this.#held.length;
  }

  /** Decodes the next piece. After a bad octet the decoder is done. */
  decode(bytes: Uint8Array): Decoded {
    try {
      const text = this.#decoder.decode(bytes, { stream: true });
      this.#hold(bytes, text);
      return { text, bad: false };
    } catch {
      return { text: validBeginning(this.#held, bytes), bad: true };
    }
  }

  #hold(bytes: Uint8Array, text: string): void {
    const before = this.#held.length;
    if (before === 0 && text.length === bytes.length) return;
    const left = before + bytes.length - Buffer.byteLength(text);
    const all = before === 0 ? bytes : Buffer.concat([this.#held, bytes]);
    this.#held = all.slice(all.length - left);
  }
}

/** Octet by octet: slow, and needed once at the most in the life of a stream. */
function validBeginning(held: Uint8Array, bytes: Uint8Array): string {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  let text = '';
  try {
    for (const octet of Buffer.concat([held, bytes])) text += decoder.decode(Uint8Array.of(octet), { stream: true });
  } catch {
    return text;
  }
  return text;
}
