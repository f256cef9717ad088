import { History } from './history.ts';
import type { Address, Draft, Message, Sender, Stamp } from './message.ts';
import { RecentIds } from './recent-ids.ts';
import type { Stamper } from './stamper.ts';

/** A message that was taken, or the stamp of the one that it repeats. */
export type Entry = { readonly message: Message } | { readonly repeats: Stamp };

/** Where every message is written down before it is delivered: it gets its stamp here, and its place in the histories. */
export class Ledger {
  readonly history = new History();
  readonly #stamper: Stamper;
  readonly #recent = new RecentIds();
  readonly #wishes = new Map<string, (other: string) => boolean>();

  constructor(stamper: Stamper) {
    this.#stamper = stamper;
  }

  /** Stamps a message, unless it is an earlier one sent again. It counts for nothing yet: see `keep`. */
  enter(from: Sender, to: Address, draft: Draft): Entry {
    const repeats = this.#recent.repeated(from.user, draft);
    if (repeats) return { repeats };
    return { message: this.#stamper.stamp(from, to, draft) };
  }

  /** Which messages a user wants in the own history, by the other one's name; `null`: all, as at first. */
  setWish(user: string, wants: ((other: string) => boolean) | null): void {
    if (wants) this.#wishes.set(user, wants);
    else this.#wishes.delete(user);
  }

  /**
   * The message is on its way: keeps it in the histories that it belongs to, and remembers its client id. What is said
   * to one member of a room is in no history.
   */
  keep(message: Message, draft: Draft): void {
    const { from, to } = message;
    this.#recent.remember(from.user, draft, message);
    if (to.type === 'room') {
      if (to.nick === null) this.history.keep(`room:${to.name}`, message);
      return;
    }
    this.#keepFor(to.name, from.user ?? from.nick, message);
    if (from.user !== null && from.user !== to.name) this.#keepFor(from.user, to.name, message);
  }

  #keepFor(user: string, other: string, message: Message): void {
    if (this.#wishes.get(user)?.(other) ?? true) this.history.keep(`user:${user}`, message);
  }
}
