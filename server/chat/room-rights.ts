import { MAX_AFFILIATIONS } from './limits.ts';
import { nickKey } from './nick.ts';

/** What a room thinks of an account (XEP-0045, basics): an `outcast` can't come in, `owner` and `admin` moderate. */
export type Affiliation = 'owner' | 'admin' | 'member' | 'none' | 'outcast';

/** What a room knows of an account. */
export interface Standing {
  readonly affiliation: Affiliation;
  /** Why, in the words of who said so; mostly empty. */
  readonly reason: string;
  /** The nick that nobody else can take; `null`: none. */
  readonly nick: string | null;
}

const NOBODY: Standing = { affiliation: 'none', reason: '', nick: null };

/** Affiliations that give power over others, the greater the later. */
const POWERS: readonly Affiliation[] = ['admin', 'owner'];

/** Who may do what in a room. */
export class RoomRights {
  readonly #standings = new Map<string, Standing>();

  /**
   * @param owner who opened the room; `null`: it is the server's own.
   * @param admin who moderates it besides; `null`: nobody.
   */
  constructor(owner: string | null, admin: string | null = null) {
    if (admin !== null) this.#standings.set(admin, { ...NOBODY, affiliation: 'admin' });
    if (owner !== null) this.#standings.set(owner, { ...NOBODY, affiliation: 'owner' });
  }

  /** Whether the room is somebody's, not the server's own. */
  get isOwned(): boolean {
    return this.#owners() > 0;
  }

  /** Everybody whom the room has an opinion about. */
  get standings(): ReadonlyMap<string, Standing> {
    return this.#standings;
  }

  of(user: string | null): Affiliation {
    return this.standingOf(user).affiliation;
  }

  standingOf(user: string | null): Standing {
    return (user !== null && this.#standings.get(user)) || NOBODY;
  }

  /** Whether an account may put others out and say what the room thinks of them. */
  mayModerate(user: string | null): boolean {
    return POWERS.includes(this.of(user));
  }

  /** Whether `user` can be put out or silenced by `by`, as far as affiliations say so: nobody's equal in power can. */
  isBelow(user: string | null, by: string | null): boolean {
    return !this.mayModerate(user) || POWERS.indexOf(this.of(user)) < POWERS.indexOf(this.of(by));
  }

  /** Whose nick it is, whether or not that account is here; `null`: nobody's. */
  reserverOf(nick: string): string | null {
    const key = nickKey(nick);
    for (const [user, standing] of this.#standings) {
      if (standing.nick !== null && nickKey(standing.nick) === key) return user;
    }
    return null;
  }

  /** Answers whether there was room for the opinion. The last owner stays one. */
  set(user: string, affiliation: Affiliation, reason = ''): 'set' | 'not-allowed' | 'too-many-affiliations' {
    if (this.of(user) === 'owner' && affiliation !== 'owner' && this.#owners() === 1) return 'not-allowed';
    if (affiliation === 'none') this.#standings.delete(user);
    else if (!this.#standings.has(user) && this.#standings.size >= MAX_AFFILIATIONS) return 'too-many-affiliations';
    else {
      const nick = affiliation === 'outcast' ? null : this.standingOf(user).nick;
      this.#standings.set(user, { affiliation, reason, nick });
    }
    return 'set';
  }

  /** Keeps a nick for an account that the room has an opinion about; `null` gives it back. */
  reserve(user: string, nick: string | null): void {
    const standing = this.#standings.get(user);
    if (standing) this.#standings.set(user, { ...standing, nick });
  }

  #owners(): number {
    return Array.from(this.#standings.values()).filter(({ affiliation }) => affiliation === 'owner').length;
  }
}
