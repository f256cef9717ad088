import { MAX_CLIENT_ID_CHARS, MAX_REMEMBERED_IDS } from './limits.ts';
import type { Draft, Stamp } from './message.ts';

/** What has been sent lately, by sender and the id that it gave: a message sent again is found instead of sent twice. */
export class RecentIds {
  readonly #stamps = new Map<string, Stamp>();

  /** The stamp of the message that this draft repeats, or `null`. */
  repeated(user: string | null, draft: Draft): Stamp | null {
    const key = keyOf(user, draft);
    return (key !== null && this.#stamps.get(key)) || null;
  }

  remember(user: string | null, draft: Draft, { id, seq, atMs }: Stamp): void {
    const key = keyOf(user, draft);
    if (key === null) return;
    this.#stamps.set(key, { id, seq, atMs });
    const [oldest] = this.#stamps.size > MAX_REMEMBERED_IDS ? this.#stamps.keys() : [];
    if (oldest !== undefined) this.#stamps.delete(oldest);
  }
}

function keyOf(user: string | null, { once = false, clientId = null }: Draft): string | null {
  if (user === null || !once || clientId === null || clientId.length > MAX_CLIENT_ID_CHARS) return null;
  return `${user}\n${clientId}`;
}
