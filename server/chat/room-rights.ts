import { MAX_AFFILIATIONS } from './limits.ts';

/** What a room thinks of an account (XEP-0045 §5.2, basics): an `outcast` can't come in, `owner` and `admin` moderate. */
export type Affiliation = 'owner' | 'admin' | 'member' | 'none' | 'outcast';

/** Who may do what in a room. */
export class RoomRights {
  readonly #affiliations = new Map<string, Affiliation>();

  /**
   * @param owner who opened the room; `null`: it is the server's own.
   * @param admin who moderates it besides; `null`: nobody.
   */
  constructor(owner: string | null, admin: string | null = null) {
    if (admin !== null) this.#affiliations.set(admin, 'admin');
    if (owner !== null) this.#affiliations.set(owner, 'owner');
  }

  /** Whether the room is somebody's, not the server's own. */
  get isOwned(): boolean {
    return this.#owners() > 0;
  }

  /** Everybody whom the room has an opinion about. */
  get affiliations(): ReadonlyMap<string, Affiliation> {
    return this.#affiliations;
  }

  of(user: string | null): Affiliation {
    return (user !== null && this.#affiliations.get(user)) || 'none';
  }

  /** Whether an account may put others out. */
  mayModerate(user: string | null): boolean {
    const affiliation = this.of(user);
    return affiliation === 'owner' || affiliation === 'admin';
  }

  /** Answers whether there was room for the opinion. The last owner stays one. */
  set(user: string, affiliation: Affiliation): 'set' | 'not-allowed' | 'too-many-affiliations' {
    if (this.of(user) === 'owner' && affiliation !== 'owner' && this.#owners() === 1) return 'not-allowed';
    if (affiliation === 'none') this.#affiliations.delete(user);
    else if (!this.#affiliations.has(user) && this.#affiliations.size >= MAX_AFFILIATIONS)
      return 'too-many-affiliations';
    else this.#affiliations.set(user, affiliation);
    return 'set';
  }

  #owners(): number {
    return Array.from(this.#affiliations.values()).filter((affiliation) => affiliation === 'owner').length;
  }
}
