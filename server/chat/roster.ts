import { nickKey } from './nick.ts';

/** Whoever has a nick. */
export interface Named {
  readonly nick: string;
  /** Account, or `null` for somebody without one. */
  readonly user: string | null;
}

/**
 * Who is here, by nick, in the order of joining. No two nicks are the same but for case, except that sessions of one
 * user may share theirs.
 */
export class Roster<M extends Named> {
  readonly #members = new Map<string, M[]>();

  /** Nicks that are taken. */
  get size(): number {
    return this.#members.size;
  }

  /** Everybody of this nick; more than one only for sessions of one user. */
  get(nick: string): readonly M[] {
    return this.#members.get(nickKey(nick)) ?? [];
  }

  /** Whether `nick` belongs to somebody, other than `except`, who may not share it with `user`. */
  isTaken(nick: string, user: string | null, except?: M): boolean {
    return this.get(nick).some((holder) => holder !== except && (user === null || holder.user !== user));
  }

  add(member: M): void {
    const holders = this.#members.get(nickKey(member.nick));
    if (holders) holders.push(member);
    else this.#members.set(nickKey(member.nick), [member]);
  }

  /** Call it while the member still has the nick that it was added with. */
  remove(member: M): void {
    const key = nickKey(member.nick);
    const others = this.#members.get(key)?.filter((holder) => holder !== member) ?? [];
    if (others.length === 0) this.#members.delete(key);
    else this.#members.set(key, others);
  }

  nicks(): string[] {
    return this.first().map((member) => member.nick);
  }

  /** One member for each nick. */
  first(): M[] {
    return Array.from(this.#members.values()).flatMap((holders) => holders.slice(0, 1));
  }
}
