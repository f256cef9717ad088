import { nickKey } from './nick.ts';

/** Whoever has a nick. */
export interface Named {
  readonly nick: string;
}

/** Who is here, by nick, in the order of joining. No two nicks are the same but for case. */
export class Roster<M extends Named> {
  readonly #members = new Map<string, M>();

  get size(): number {
    return this.#members.size;
  }

  /** Whether somebody other than `except` has this nick. */
  has(nick: string, except?: M): boolean {
    const member = this.#members.get(nickKey(nick));
    return member !== undefined && member !== except;
  }

  add(member: M): void {
    this.#members.set(nickKey(member.nick), member);
  }

  /** Call it while the member still has the nick that it was added with. */
  remove(member: M): void {
    const key = nickKey(member.nick);
    if (this.#members.get(key) === member) this.#members.delete(key);
  }

  nicks(): string[] {
    return Array.from(this.#members.values(), (member) => member.nick);
  }
}
