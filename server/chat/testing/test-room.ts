import { Ledger } from '../ledger.ts';
import type { Member } from '../member.ts';
import type { Message } from '../message.ts';
import type { Farewell, Recipient } from '../outbox.ts';
import { Room } from '../room.ts';
import type { RoomBatch, RoomFormat } from '../room-batch.ts';
import type { LeaveCause, RoomEvent } from '../room-event.ts';
import { Stamper } from '../stamper.ts';
import { type ManualScheduler, manualScheduler } from './manual-scheduler.ts';

/** A room whose turns and time pass when the test says so. */
export interface TestRoom {
  readonly room: Room;
  readonly scheduler: ManualScheduler;
  readonly ledger: Ledger;
  /** Every batch that was rendered: its form for tests is its events. */
  readonly rendered: readonly (readonly RoomEvent[])[];
  /** Lets somebody in. Throws when refused. */
  enter(nick: string, user?: string): Person;
}

/** Opens one; `owner` moderates it. */
export function openTestRoom(owner: string | null = null): TestRoom {
  const scheduler = manualScheduler();
  const rendered: (readonly RoomEvent[])[] = [];
  const ledger = new Ledger(new Stamper(() => 1_000, 'test'));
  const room = new Room({ name: 'test', owner, scheduler, ledger });
  const format: RoomFormat<readonly RoomEvent[]> = {
    render: (events) => {
      rendered.push(events);
      return events;
    },
  };
  const enter = (nick: string, user: string | null = null): Person => new Person(room, scheduler, format, nick, user);
  return { room, scheduler, ledger, rendered, enter };
}

/** Somebody in the room, with a connection that can be made to hold. */
export class Person implements Recipient {
  readonly member: Member;
  readonly batches: (readonly RoomEvent[])[] = [];
  /** `ann joined`, `ann said hello` … */
  readonly heard: string[] = [];
  /** What was said to it alone. */
  readonly whispers: string[] = [];
  leftBy: LeaveCause | null = null;
  farewell = '';
  turns = 0;
  holds = 0;
  reads = true;
  queuedBytes = 0;
  readonly #scheduler: ManualScheduler;
  readonly #format: RoomFormat<readonly RoomEvent[]>;

  constructor(
    room: Room,
    scheduler: ManualScheduler,
    format: RoomFormat<readonly RoomEvent[]>,
    nick: string,
    user: string | null,
  ) {
    this.#format = format;
    const joining = room.join(nick, { user, resource: null, recipient: this });
    if ('refused' in joining) throw new Error(joining.refused);
    this.member = joining.member;
    this.#scheduler = scheduler;
  }

  deliver(batch: RoomBatch, from: number): boolean {
    const events = batch.as(this.#format);
    this.batches.push(events);
    for (const event of events.slice(from)) this.heard.push(spoken(event));
    if (!this.reads) this.queuedBytes += batch.size;
    return this.reads;
  }

  turn(): void {
    this.turns += 1;
  }

  held(): void {
    this.holds += 1;
  }

  whispered(message: Message): void {
    this.whispers.push(`${message.from.nick}: ${message.body}`);
  }

  left(cause: LeaveCause, { reason, kickedBy }: Farewell): void {
    this.leftBy = cause;
    this.farewell = kickedBy === null ? reason : `${kickedBy}: ${reason}`;
  }

  /** Takes what is queued, and goes on reading or stops again after the next batch. */
  takes(readsOn: boolean): void {
    this.queuedBytes = 0;
    this.reads = readsOn;
    this.member.ready();
    this.#scheduler.turn();
  }

  /** Says so many texts of so many characters, each in a turn of its own. */
  talks(count: number, chars: number): void {
    for (let index = 0; index < count; index += 1) {
      this.member.say('x'.repeat(chars));
      this.#scheduler.turn();
    }
  }
}

function spoken(event: RoomEvent): string {
  const detail = detailOf(event);
  return `${event.nick} ${event.type}${detail === '' ? '' : ` ${detail}`}`;
}

function detailOf(event: RoomEvent): string {
  switch (event.type) {
    case 'said':
      return event.message.body;
    case 'renamed':
      return event.to;
    case 'subject':
      return event.text;
    case 'presence':
      return event.presence.show;
    case 'signal':
      return event.signal.type;
    case 'affiliated':
      return `${event.user} ${event.affiliation}`;
    case 'left':
      return event.kickedBy === null ? '' : `by ${event.kickedBy}`;
    case 'joined':
      return '';
    default:
      return event satisfies never;
  }
}
