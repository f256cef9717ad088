import { beforeEach, describe, expect, it } from 'vitest';
import type { Sized } from './batch-log.ts';
import { MAX_BATCH_CHARS, MAX_QUEUED_BYTES, MAX_ROOM_MEMBERS, SLOW_MEMBER_BYTES, STALLED_AFTER_MS } from './limits.ts';
import type { Member } from './member.ts';
import type { Recipient } from './outbox.ts';
import { Room } from './room.ts';
import type { LeaveCause, RoomEvent } from './room-event.ts';
import { type ManualScheduler, manualScheduler } from './testing/manual-scheduler.ts';

/** A protocol for tests: a batch is its events, and as many octets as its texts have characters. */
interface EventBatch extends Sized {
  readonly events: readonly RoomEvent[];
}

let rendered: EventBatch[];
let scheduler: ManualScheduler;
let room: Room<EventBatch>;

beforeEach(() => {
  rendered = [];
  scheduler = manualScheduler();
  room = new Room({
    scheduler,
    render: (events) => {
      const size = events.reduce((sum, event) => sum + (event.type === 'said' ? event.text.length : 0), 0);
      const batch = { events, size };
      rendered.push(batch);
      return batch;
    },
  });
});

/** Somebody in the room, with a connection that can be made to hold. */
class Person implements Recipient<EventBatch> {
  readonly member: Member<EventBatch>;
  readonly batches: EventBatch[] = [];
  readonly heard: string[] = [];
  leftBy: LeaveCause | null = null;
  turns = 0;
  holds = 0;
  reads = true;
  queuedBytes = 0;

  constructor(nick: string) {
    const joining = room.join(nick, this);
    if ('refused' in joining) throw new Error(joining.refused);
    this.member = joining.member;
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

  /** Takes what is queued and goes on (or stops again after the next batch). */
  takes(readsOn: boolean): void {
    this.queuedBytes = 0;
    this.reads = readsOn;
    this.member.ready();
    scheduler.turn();
  }
}

function spoken(event: RoomEvent): string {
  const detail = event.type === 'said' ? ` ${event.text}` : event.type === 'renamed' ? ` ${event.to}` : '';
  return `${event.nick} ${event.type}${detail}`;
}

/** Everybody speaks whose turn it is: `count` texts of `chars` characters, each in a turn of its own. */
function talk(person: Person, count: number, chars: number): void {
  for (let index = 0; index < count; index += 1) {
    person.member.say('x'.repeat(chars));
    scheduler.turn();
  }
}

describe('a room', () => {
  it('tells everybody what happens, in order', () => {
    const ann = new Person('ann');
    const bob = new Person('bob');
    scheduler.turn();
    ann.member.say('hello');
    bob.member.rename('rob');
    bob.member.say('hi');
    bob.member.leave('quit');
    scheduler.turn();
    expect(ann.heard).toEqual([
      'ann joined',
      'bob joined',
      'ann said hello',
      'bob renamed rob',
      'rob said hi',
      'rob left',
    ]);
    expect(bob.leftBy).toBe('quit');
  });

  it('renders what one turn brings once, and delivers it to each in one piece', () => {
    const people = ['ann', 'bob', 'cid'].map((nick) => new Person(nick));
    scheduler.turn();
    for (const { member } of people) member.say('at the same time');
    scheduler.turn();
    expect(rendered).toHaveLength(2);
    for (const { batches } of people) expect(batches).toEqual(rendered);
  });

  it('tells a newcomer nothing from before it came, even within one batch', () => {
    const ann = new Person('ann');
    ann.member.say('to myself');
    const bob = new Person('bob');
    ann.member.say('to bob');
    scheduler.turn();
    expect(bob.heard).toEqual(['bob joined', 'ann said to bob']);
  });

  it('delivers what was said before somebody left to that one, too', () => {
    const ann = new Person('ann');
    const bob = new Person('bob');
    ann.member.say('bye, bob');
    bob.member.leave('finished');
    expect(bob.leftBy).toBeNull();
    scheduler.turn();
    expect(bob.heard).toContain('ann said bye, bob');
    expect(bob.leftBy).toBe('finished');
  });

  it('hears nothing any more from somebody who left', () => {
    const ann = new Person('ann');
    const bob = new Person('bob');
    bob.member.leave('quit');
    bob.member.say('am I still here?');
    bob.member.rename('ghost');
    bob.member.leave('lost');
    scheduler.turn();
    expect(ann.heard.slice(2)).toEqual(['bob left']);
    expect(room.nicks()).toEqual(['ann']);
  });
});

describe('nicks in a room', () => {
  it('are unique but for case, until their owner leaves', () => {
    const ann = new Person('Ann');
    expect(room.join('aNN', ann)).toEqual({ refused: 'nick-taken' });
    ann.member.leave('quit');
    expect(new Person('ann').member.nick).toBe('ann');
  });

  it('can be changed, to another case of the same one as well, but not to somebody else’s', () => {
    const ann = new Person('ann');
    const bob = new Person('bob');
    expect(ann.member.rename('BOB')).toBe('nick-taken');
    expect(ann.member.rename('ANN')).toBeNull();
    expect(bob.member.rename('ann')).toBe('nick-taken');
    expect(ann.member.rename('bad nick')).toBe('nick-characters');
    expect(room.nicks()).toEqual(['bob', 'ANN']);
  });

  it('are refused when the room is full', () => {
    for (let index = 0; index < MAX_ROOM_MEMBERS; index += 1) new Person(`n${index}`);
    expect(() => new Person('late')).toThrow('room-full');
  });
});

describe('speakers', () => {
  it('wait for a turn when a batch is full, and get theirs in the order of asking', () => {
    const ann = new Person('ann');
    const bob = new Person('bob');
    scheduler.turn();
    expect(room.full).toBe(false);
    ann.member.say('x'.repeat(MAX_BATCH_CHARS));
    expect(room.full).toBe(true);
    const order: string[] = [];
    bob.turn = () => order.push('bob');
    ann.turn = () => order.push('ann');
    bob.member.awaitTurn();
    ann.member.awaitTurn();
    expect(order).toEqual([]);
    scheduler.turn();
    expect(order).toEqual(['bob', 'ann']);
  });

  it('keep waiting when the one before them has filled the batch again', () => {
    const ann = new Person('ann');
    const bob = new Person('bob');
    ann.turn = () => ann.member.say('x'.repeat(MAX_BATCH_CHARS));
    ann.member.say('x'.repeat(MAX_BATCH_CHARS));
    ann.member.awaitTurn();
    bob.member.awaitTurn();
    scheduler.turn();
    expect(bob.turns).toBe(1);
    expect(rendered.filter(({ size }) => size >= MAX_BATCH_CHARS)).toHaveLength(2);
  });

  it('who wait already are told when it becomes a slow member that they wait for', () => {
    const ann = new Person('ann');
    const slow = new Person('slow');
    scheduler.turn();
    slow.reads = false;
    ann.member.say('x'.repeat(SLOW_MEMBER_BYTES));
    ann.member.awaitTurn();
    expect(ann.holds).toBe(0);
    scheduler.turn();
    expect(ann.holds).toBe(1);
    expect(ann.turns).toBe(0);
  });

  it('who have left get no turn', () => {
    const ann = new Person('ann');
    ann.member.say('x'.repeat(MAX_BATCH_CHARS));
    ann.member.awaitTurn();
    ann.member.leave('lost');
    scheduler.turn();
    expect(ann.turns).toBe(0);
  });
});

describe('a member that stops reading', () => {
  const CHARS = 64 * 1024;
  const UNTIL_SLOW = SLOW_MEMBER_BYTES / CHARS;
  const UNTIL_CUT_OFF = MAX_QUEUED_BYTES / CHARS;

  let ann: Person;
  let bob: Person;
  let stalled: Person;

  beforeEach(() => {
    ann = new Person('ann');
    bob = new Person('bob');
    stalled = new Person('stalled');
    scheduler.turn();
    stalled.reads = false;
  });

  it('gets one batch, and the rest only when it has taken that', () => {
    talk(ann, 3, 10);
    expect(stalled.batches).toHaveLength(2);
    stalled.takes(true);
    expect(stalled.batches).toHaveLength(4);
    expect(stalled.heard).toEqual(bob.heard.slice(1));
  });

  it('is waited for as long as it takes something now and then, so it misses nothing', () => {
    talk(ann, UNTIL_SLOW, CHARS);
    expect(room.full).toBe(true);
    bob.member.awaitTurn();
    for (let index = 1; index < UNTIL_SLOW; index += 1) {
      scheduler.pass(STALLED_AFTER_MS - 1);
      expect(bob.turns).toBe(index === 1 ? 0 : 1);
      stalled.takes(false);
    }
    expect(room.full).toBe(false);
    expect(stalled.leftBy).toBeNull();
    expect(stalled.batches.length).toBe(UNTIL_SLOW + 1);
  });

  it('is not waited for once it has taken nothing for a while', () => {
    talk(ann, UNTIL_SLOW, CHARS);
    expect(bob.holds).toBe(0);
    bob.member.awaitTurn();
    expect(bob.holds).toBe(1);
    scheduler.pass(STALLED_AFTER_MS - 1);
    expect(bob.turns).toBe(0);
    scheduler.pass(1);
    expect(room.full).toBe(false);
    expect(bob.turns).toBe(1);
    talk(bob, 1, CHARS);
    expect(room.full).toBe(false);
  });

  it('is cut off when its bound is reached, and everybody else has heard everything, and why', () => {
    talk(ann, UNTIL_SLOW, CHARS);
    scheduler.pass(STALLED_AFTER_MS);
    talk(ann, UNTIL_CUT_OFF - UNTIL_SLOW - 1, CHARS);
    expect(stalled.leftBy).toBeNull();
    talk(ann, 1, CHARS);
    expect(stalled.leftBy).toBe('stopped-reading');
    expect(room.nicks()).toEqual(['ann', 'bob']);
    const said = bob.heard.filter((line) => line.startsWith('ann said'));
    expect(said).toHaveLength(UNTIL_CUT_OFF);
    expect(bob.heard.at(-1)).toBe('stalled left');
    expect(stalled.batches).toHaveLength(2);
  });

  it('counts as reading again as soon as it does', () => {
    talk(ann, UNTIL_SLOW, CHARS);
    scheduler.pass(STALLED_AFTER_MS);
    stalled.takes(true);
    talk(ann, UNTIL_CUT_OFF, CHARS);
    expect(stalled.leftBy).toBeNull();
    stalled.reads = false;
    talk(ann, UNTIL_SLOW, CHARS);
    expect(room.full).toBe(true);
  });

  it('leaves no timer behind when it leaves', () => {
    talk(ann, UNTIL_SLOW, CHARS);
    expect(scheduler.timers).toBe(1);
    stalled.member.leave('lost');
    expect(scheduler.timers).toBe(0);
    expect(room.full).toBe(false);
  });

  it('leaves no timer behind when the room closes', () => {
    talk(ann, UNTIL_SLOW, CHARS);
    ann.member.say('last words');
    room.close();
    expect(scheduler.timers).toBe(0);
    expect(bob.heard.at(-1)).toBe('ann said last words');
  });
});
