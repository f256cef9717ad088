import { sameEndpoint } from '#protocol/address.ts';
import type { Endpoint, Transport } from '#protocol/wire.ts';
import { MAX_CLAIMS } from './limits.ts';

/** Transport and ends: what tells one conversation from another. */
export interface Ends {
  readonly transport: Transport;
  readonly client: Endpoint;
  readonly server: Endpoint;
}

/** A client that belongs to one of the page's terminals. */
export interface ClientClaim extends Ends {
  readonly terminal: number;
}

/** Whether two of them are the same conversation. */
export function sameEnds(a: Ends, b: Ends): boolean {
  return a.transport === b.transport && sameEndpoint(a.client, b.client) && sameEndpoint(a.server, b.server);
}

/** Claims on conversations that have not begun yet; at most MAX_CLAIMS, the oldest is forgotten first. */
export class Claims {
  readonly #waiting: ClientClaim[] = [];

  add({ transport, client, server, terminal }: ClientClaim): void {
    this.#waiting.push({ transport, client, server, terminal });
    if (this.#waiting.length > MAX_CLAIMS) this.#waiting.shift();
  }

  /** The terminal that claimed this conversation, or `null`; the claim is used up. */
  take(ends: Ends): number | null {
    const at = this.#waiting.findIndex((claim) => sameEnds(claim, ends));
    return at < 0 ? null : (this.#waiting.splice(at, 1)[0]?.terminal ?? null);
  }
}
