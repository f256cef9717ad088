import type { Member } from '../../chat/member.ts';
import type { Recipient } from '../../chat/outbox.ts';
import type { Room } from '../../chat/room.ts';
import type { RoomBatch, RoomFormat } from '../../chat/room-batch.ts';
import type { LeaveCause, RoomEvent } from '../../chat/room-event.ts';
import { messageForm } from './message-format.ts';

interface Rendered {
  readonly by: number;
  readonly json: string;
}

/** What happens in a group, as the service tells it, once for all who hear it. */
const EVENTS: RoomFormat<readonly Rendered[]> = {
  render: (events, room) =>
    events.flatMap((event) => {
      const form = formOf(room, event);
      return form === null ? [] : [{ by: event.by, json: JSON.stringify(form) }];
    }),
};

function formOf(group: string, event: RoomEvent): object | null {
  switch (event.type) {
    case 'said':
      return { event: 'message', message: messageForm(event.message) };
    case 'joined':
    case 'left':
      return { event: 'group', group, user: event.nick, change: event.type };
    default:
      return null;
  }
}

/** What a group needs of the connection that is in it. */
export interface GroupDesk {
  readonly queuedBytes: number;
  /** Answers `false` when the connection is full. */
  sendJson(json: readonly string[]): boolean;
  leftGroup(group: string, cause: LeaveCause): void;
}

/** One group that a connection is in. */
export class GroupMembership implements Recipient {
  readonly group: string;
  readonly #desk: GroupDesk;
  #joined: { readonly room: Room; readonly member: Member } | null = null;

  constructor(group: string, desk: GroupDesk) {
    this.group = group;
    this.#desk = desk;
  }

  set joined(joined: { readonly room: Room; readonly member: Member }) {
    this.#joined = joined;
  }

  get member(): Member | null {
    return this.#joined?.member ?? null;
  }

  /** Whether the group takes no more at this moment. */
  get full(): boolean {
    return this.#joined?.room.full ?? false;
  }

  get queuedBytes(): number {
    return this.#desk.queuedBytes;
  }

  deliver(batch: RoomBatch, from: number): boolean {
    const own = this.member?.id;
    const others = batch.as(EVENTS).slice(from);
    return this.#desk.sendJson(others.flatMap(({ by, json }) => (by === own ? [] : [json])));
  }

  turn(): void {
    // Nobody waits here: what a full group is asked to take is refused at once.
  }

  held(): void {}

  whispered(): void {
    // A private word between members of a room: XMPP has it, this service has not.
  }

  left(cause: LeaveCause): void {
    this.#desk.leftGroup(this.group, cause);
  }
}
