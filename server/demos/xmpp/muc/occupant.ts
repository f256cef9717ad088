/** One session in a room. https://xmpp.org/extensions/xep-0045.html */
import type { Member } from '../../../chat/member.ts';
import type { Message } from '../../../chat/message.ts';
import type { Farewell, Recipient } from '../../../chat/outbox.ts';
import type { RoomBatch } from '../../../chat/room-batch.ts';
import type { LeaveCause } from '../../../chat/room-event.ts';
import { SLOW_READER_BYTES } from '../limits.ts';
import type { RoomSeat, Session } from '../session.ts';
import { whisperStanza } from './message-form.ts';
import type { MucRoom } from './muc-room.ts';
import { leavingPresence, occupantPresence } from './presence-form.ts';

/** Where an occupant sits: which room, and as whom. */
export interface Place {
  readonly room: MucRoom;
  readonly member: Member;
}

/** A session's place in one room: what happens there becomes stanzas for it. */
export class Occupant implements Recipient, RoomSeat {
  readonly session: Session;
  #place: Place | null = null;
  #toldGone = false;

  constructor(session: Session) {
    this.session = session;
  }

  /** Where it sits; `null` before the core has let it in. */
  get place(): Place | null {
    return this.#place;
  }

  /** The core has let it in. */
  sit(place: Place): void {
    this.#place = place;
    this.session.rooms.set(place.room.jid.bare, this);
  }

  get queuedBytes(): number {
    return this.session.queuedBytes;
  }

  deliver(batch: RoomBatch, from: number): boolean {
    const { session } = this;
    if (!this.#place) return true;
    const { room, member } = this.#place;
    const to = session.jid.toString();
    const seesJids = room.showsAccountsTo(member);
    const events = batch.as(room.format);
    for (let at = from; at < events.length; at += 1) {
      const event = events[at];
      const isSelf = event?.by === member.id;
      // It was told at once that it is in.
      if (!event || (event.isJoin && isSelf)) continue;
      if (event.isLeave && isSelf) this.#toldGone = true;
      for (const text of event.texts) session.sendText(text(to, isSelf, seesJids));
    }
    return session.queuedBytes < SLOW_READER_BYTES;
  }

  turn(): void {
    this.session.stream?.flow.letGo(this);
  }

  /** Told nothing: the client sees that its connection takes no more. */
  held(): void {}

  whispered(message: Message): void {
    if (this.#place) this.session.send(whisperStanza(message, this.#place.room, this.session.jid));
  }

  left(cause: LeaveCause, farewell: Farewell): void {
    if (!this.#place) return;
    const { room, member } = this.#place;
    if (this.session.rooms.get(room.jid.bare) === this) this.session.rooms.delete(room.jid.bare);
    this.session.stream?.flow.letGo(this);
    if (this.#toldGone) return;
    // Another session of the same nick stays, so the room has nothing to tell; this one is to know that it is out.
    const { nick, user, resource } = member;
    const presence = leavingPresence(room, { nick, user, resource, cause, ...farewell });
    this.session.sendText(presence(this.session.jid.toString(), true, false));
  }

  readOn(): void {
    this.#place?.member.ready();
  }

  leave(cause: 'quit' | 'lost', message = ''): void {
    this.#place?.member.leave(cause, message);
  }

  /** Sends the presence of everybody else in the room. */
  showOthers(): void {
    if (!this.#place) return;
    const { room, member } = this.#place;
    const seesJids = room.showsAccountsTo(member);
    for (const other of room.core.members()) {
      if (other.nick === member.nick) continue;
      this.session.sendText(occupantPresence(room, other)(this.session.jid.toString(), false, seesJids));
    }
  }

  /** The room has much to pass on: the client is read again when it is its turn. */
  waitForTurn(): void {
    if (!this.#place?.room.core.full) return;
    this.session.stream?.flow.hold(this);
    this.#place.member.awaitTurn();
  }
}
