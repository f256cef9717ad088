/** Reads numbers and vectors (RFC 8446 §3.4) one after the other; `null` once there is not enough, and from then on. */
export class OctetCursor {
  readonly #octets: Uint8Array;
  #at = 0;

  constructor(octets: Uint8Array) {
    this.#octets = octets;
  }

  /** So many octets. */
  take(count: number): Uint8Array | null {
    if (this.#at + count > this.#octets.length) {
      this.#at = this.#octets.length + 1;
      return null;
    }
    this.#at += count;
    return this.#octets.subarray(this.#at - count, this.#at);
  }

  skip(count: number): void {
    this.take(count);
  }

  u8(): number | null {
    return this.#number(1);
  }

  u16(): number | null {
    return this.#number(2);
  }

  /** A vector whose length is told in `lengthOctets` octets before it. */
  vector(lengthOctets: 1 | 2): Uint8Array | null {
    const length = this.#number(lengthOctets);
    return length === null ? null : this.take(length);
  }

  #number(count: number): number | null {
    const octets = this.take(count);
    return octets ? octets.reduce((sum, octet) => (sum << 8) | octet, 0) : null;
  }
}
