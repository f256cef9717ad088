import type { Member } from '../../chat/member.ts';
import type { Message } from '../../chat/message.ts';
import type { Farewell, Recipient } from '../../chat/outbox.ts';
import type { Room } from '../../chat/room.ts';
import type { RoomBatch } from '../../chat/room-batch.ts';
import type { LeaveCause } from '../../chat/room-event.ts';
import { messageForm } from './forms.ts';
import type { JsonLink } from './link.ts';
import { JSON_OBJECTS } from './room-format.ts';

/** What a membership tells its session. */
export interface MembershipDesk {
  readonly link: JsonLink;
  /** The room has room for what this session says. */
  turn(): void;
  /** This session is out of the room. */
  left(room: string, cause: LeaveCause, farewell: Farewell): void;
}

/** One room that a session is in. */
export class Membership implements Recipient {
  readonly room: string;
  readonly #desk: MembershipDesk;
  #joined: { readonly room: Room; readonly member: Member } | null = null;

  constructor(room: string, desk: MembershipDesk) {
    this.room = room;
    this.#desk = desk;
  }

  /** Set once by `enter`. */
  set joined(joined: { readonly room: Room; readonly member: Member }) {
    this.#joined = joined;
  }

  get member(): Member | null {
    return this.#joined?.member ?? null;
  }

  /** Whether something may be said now; after `false`, `MembershipDesk.turn` follows. */
  mayTalk(): boolean {
    if (!this.#joined?.room.full) return true;
    this.#joined.member.awaitTurn();
    return false;
  }

  get queuedBytes(): number {
    return this.#desk.link.queuedBytes;
  }

  deliver(batch: RoomBatch, from: number): boolean {
    const own = this.member?.id;
    const objects: string[] = [];
    for (const { by, json } of batch.as(JSON_OBJECTS).slice(from)) if (by !== own && json !== null) objects.push(json);
    return objects.length === 0 || this.#desk.link.send(objects);
  }

  turn(): void {
    this.#desk.turn();
  }

  held(): void {
    // The acknowledgement, which comes later, says enough.
  }

  whispered(message: Message): void {
    this.#desk.link.send([JSON.stringify(messageForm(message))]);
  }

  left(cause: LeaveCause, farewell: Farewell): void {
    this.#desk.left(this.room, cause, farewell);
  }
}
