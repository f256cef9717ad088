import type { Sized } from '../batch-log.ts';
import type { Member } from '../member.ts';
import type { Recipient } from '../outbox.ts';
import { Room } from '../room.ts';
import type { LeaveCause, RoomEvent } from '../room-event.ts';
import { type ManualScheduler, manualScheduler } from './manual-scheduler.ts';

/** A protocol for tests: a batch is its events, and as many octets as its texts have characters. */
export interface EventBatch extends Sized {
  readonly events: readonly RoomEvent[];
}

/** A room whose turns and time pass when the test says so. */
export interface TestRoom {
  readonly room: Room<EventBatch>;
  readonly scheduler: ManualScheduler;
  /** Every batch that was rendered. */
  readonly rendered: readonly EventBatch[];
  /** Lets somebody in. Throws when refused. */
  enter(nick: string): Person;
}

/** Opens one. */
export function openTestRoom(): TestRoom {
  const scheduler = manualScheduler();
  const rendered: EventBatch[] = [];
  const room = new Room<EventBatch>({
    scheduler,
    render: (events) => {
      const size = events.reduce((sum, event) => sum + (event.type === 'said' ? event.text.length : 0), 0);
      const batch = { events, size };
      rendered.push(batch);
      return batch;
    },
  });
  return { room, scheduler, rendered, enter: (nick) => new Person(room, scheduler, nick) };
}

/** Somebody in the room, with a connection that can be made to hold. */
export class Person implements Recipient<EventBatch> {
  readonly member: Member<EventBatch>;
  readonly batches: EventBatch[] = [];
  /** `ann joined`, `ann said hello` … */
  readonly heard: string[] = [];
  leftBy: LeaveCause | null = null;
  turns = 0;
  holds = 0;
  reads = true;
  queuedBytes = 0;
  readonly #scheduler: ManualScheduler;

  constructor(room: Room<EventBatch>, scheduler: ManualScheduler, nick: string) {
    const joining = room.join(nick, this);
    if ('refused' in joining) throw new Error(joining.refused);
    this.member = joining.member;
    this.#scheduler = scheduler;
  }

  deliver(batch: EventBatch, from: number): boolean {
    this.batches.push(batch);
    for (const event of batch.events.slice(from)) this.heard.push(spoken(event));
    if (!this.reads) this.queuedBytes += batch.size;
    return this.reads;
  }

  turn(): void {
    this.turns += 1;
  }

  held(): void {
    this.holds += 1;
  }

  left(cause: LeaveCause): void {
    this.leftBy = cause;
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
  const detail = event.type === 'said' ? ` ${event.text}` : event.type === 'renamed' ? ` ${event.to}` : '';
  return `${event.nick} ${event.type}${detail}`;
}
