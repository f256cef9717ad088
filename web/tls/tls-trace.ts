/** The TLS records and handshake messages of one conversation, by the event that brought them. Pure. */
import { type TlsItem, TlsReader } from '#packets/tls/tls-reader.ts';
import type { WireEvent } from '#protocol/wire.ts';
import { type BytesOfEvent, StreamFeed } from '../session/stream-feed.ts';

/** Reads on as events come; told the same events twice, it changes nothing. */
export class TlsTrace {
  readonly #toServer = new TlsReader();
  readonly #toClient = new TlsReader();
  readonly #feed = new StreamFeed({ 'to-server': this.#toServer, 'to-client': this.#toClient });

  /** Event whose octets are waited for, or `null`. */
  get wanted(): number | null {
    return this.#feed.wanted;
  }

  /** Reads every event that is new, up to the first whose octets have not come. */
  update(events: readonly WireEvent[], bytesOf: BytesOfEvent): void {
    this.#feed.update(events, bytesOf);
  }

  /** What began in each event, by its number. */
  bySeq(): ReadonlyMap<number, readonly TlsItem[]> {
    const found = new Map<number, TlsItem[]>();
    for (const direction of ['to-server', 'to-client'] as const) {
      const { items } = direction === 'to-server' ? this.#toServer : this.#toClient;
      for (const item of items) {
        const piece = this.#feed.pieceAt(direction, item.from);
        if (piece) found.set(piece.seq, [...(found.get(piece.seq) ?? []), item]);
      }
    }
    return found;
  }
}
