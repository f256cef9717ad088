import type { Ledger } from './ledger.ts';
import { MAX_ROOMS } from './limits.ts';
import type { Entrant, Member } from './member.ts';
import { nameKey } from './name.ts';
import { type JoinRefusal, Room } from './room.ts';
import type { Scheduler } from './scheduler.ts';

/** The room that is always there, in which all protocols meet. */
export const LOBBY = 'lobby';

/** The demo account that may put others out of the lobby; nobody owns it. */
export const LOBBY_ADMIN = 'alice';

/** Why somebody is in no room. */
export type EnterRefusal = JoinRefusal | 'bad-room-name' | 'no-such-room' | 'too-many-rooms';

/** Somebody who came in. */
export interface Entering {
  readonly room: Room;
  readonly member: Member;
  /** The room was opened by this. */
  readonly opened: boolean;
}

/** All rooms. One is opened by whoever comes first, and forgotten with its history when the last one leaves. */
export class Rooms {
  readonly lobby: Room;
  readonly #rooms = new Map<string, Room>();
  readonly #scheduler: Scheduler;
  readonly #ledger: Ledger;

  constructor(scheduler: Scheduler, ledger: Ledger) {
    this.#scheduler = scheduler;
    this.#ledger = ledger;
    this.lobby = this.#openLobby();
  }

  /** The room of this name, if it is there. */
  get(name: string): Room | null {
    return this.#rooms.get(nameKey(name) ?? '') ?? null;
  }

  list(): Room[] {
    return [...this.#rooms.values()];
  }

  /**
   * Comes into a room, which is opened if need be. Who has no account opens none.
   * @param name as somebody typed it.
   */
  enter(name: string, nick: string, entrant: Entrant): Entering | { readonly refused: EnterRefusal } {
    const known = this.get(name);
    const room = known ?? this.#open(name, entrant.user);
    if (typeof room === 'string') return { refused: room };
    const joining = room.join(nick, entrant);
    if ('refused' in joining) return joining;
    this.#rooms.set(room.name, room);
    return { room, member: joining.member, opened: known === null };
  }

  close(): void {
    for (const room of this.list()) room.close();
  }

  #open(name: string, owner: string | null): Room | EnterRefusal {
    const key = nameKey(name);
    if (key === null) return 'bad-room-name';
    if (owner === null) return 'no-such-room';
    if (this.#rooms.size >= MAX_ROOMS) return 'too-many-rooms';
    const room: Room = new Room({
      name: key,
      owner,
      scheduler: this.#scheduler,
      ledger: this.#ledger,
      emptied: () => this.#forget(room),
    });
    return room;
  }

  #openLobby(): Room {
    const lobby = new Room({
      ...{ name: LOBBY, owner: null, admin: LOBBY_ADMIN },
      ...{ scheduler: this.#scheduler, ledger: this.#ledger },
    });
    this.#rooms.set(LOBBY, lobby);
    return lobby;
  }

  #forget(room: Room): void {
    if (this.#rooms.get(room.name) !== room) return;
    this.#rooms.delete(room.name);
    this.#ledger.history.forget(`room:${room.name}`);
  }
}
