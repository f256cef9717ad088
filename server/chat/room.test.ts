import { beforeEach, describe, expect, it } from 'vitest';
import { MAX_BATCH_CHARS, MAX_ROOM_MEMBERS, NEWS_DELAY_MS, SLOW_MEMBER_BYTES } from './limits.ts';
import type { Room } from './room.ts';
import { RoomBatch } from './room-batch.ts';
import type { ManualScheduler } from './testing/manual-scheduler.ts';
import { openTestRoom, type TestRoom } from './testing/test-room.ts';

let room: Room;
let scheduler: ManualScheduler;
let rendered: TestRoom['rendered'];
let enter: TestRoom['enter'];

beforeEach(() => {
  ({ room, scheduler, rendered, enter } = openTestRoom());
});

describe('a room', () => {
  it('tells everybody what happens, in order', () => {
    const ann = enter('ann');
    const bob = enter('bob');
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
    const people = ['ann', 'bob', 'cid'].map((nick) => enter(nick));
    scheduler.pass(NEWS_DELAY_MS);
    for (const { member } of people) member.say('at the same time');
    scheduler.turn();
    expect(rendered).toHaveLength(2);
    for (const { batches } of people) expect(batches).toEqual(rendered);
  });

  it('waits a little for others who join or are lost, and tells of all of them in one piece', () => {
    const ann = enter('ann');
    scheduler.turn();
    const bob = enter('bob');
    scheduler.turn();
    bob.member.leave('lost');
    scheduler.pass(NEWS_DELAY_MS - 1);
    expect(ann.batches).toHaveLength(0);
    scheduler.pass(1);
    expect(ann.batches).toHaveLength(1);
    expect(ann.heard).toEqual(['ann joined', 'bob joined', 'bob left']);
    expect(bob.leftBy).toBe('lost');
  });

  it.each(['says something', 'leaves'])('does not wait once somebody %s', (what) => {
    const ann = enter('ann');
    const bob = enter('bob');
    if (what === 'leaves') bob.member.leave('quit');
    else bob.member.say('hi');
    scheduler.turn();
    expect(ann.heard).toHaveLength(3);
    expect(scheduler.timers).toBe(0);
  });

  it('tells a newcomer nothing from before it came, even within one batch', () => {
    const ann = enter('ann');
    ann.member.say('to myself');
    const bob = enter('bob');
    ann.member.say('to bob');
    scheduler.turn();
    expect(bob.heard).toEqual(['bob joined', 'ann said to bob']);
  });

  it('delivers what was said before somebody left to that one, too', () => {
    const ann = enter('ann');
    const bob = enter('bob');
    ann.member.say('bye, bob');
    bob.member.leave('finished');
    expect(bob.leftBy).toBeNull();
    scheduler.turn();
    expect(bob.heard).toContain('ann said bye, bob');
    expect(bob.leftBy).toBe('finished');
  });

  it('hears nothing any more from somebody who left', () => {
    const ann = enter('ann');
    const bob = enter('bob');
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
    const ann = enter('Ann');
    expect(room.join('aNN', { user: null, resource: null, recipient: ann })).toEqual({ refused: 'nick-taken' });
    ann.member.leave('quit');
    expect(enter('ann').member.nick).toBe('ann');
  });

  it('can be changed, to another case of the same one as well, but not to somebody else’s', () => {
    const ann = enter('ann');
    const bob = enter('bob');
    expect(ann.member.rename('BOB')).toBe('nick-taken');
    expect(ann.member.rename('ANN')).toBeNull();
    expect(bob.member.rename('ann')).toBe('nick-taken');
    expect(ann.member.rename('bad nick')).toBe('nick-characters');
    expect(room.nicks()).toEqual(['bob', 'ANN']);
  });

  it('are refused when the room is full', () => {
    for (let index = 0; index < MAX_ROOM_MEMBERS; index += 1) enter(`n${index}`);
    expect(() => enter('late')).toThrow('room-full');
  });
});

describe('speakers', () => {
  it('wait for a turn when a batch is full, and get theirs in the order of asking', () => {
    const ann = enter('ann');
    const bob = enter('bob');
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
    const ann = enter('ann');
    const bob = enter('bob');
    ann.turn = () => ann.member.say('x'.repeat(MAX_BATCH_CHARS));
    ann.member.say('x'.repeat(MAX_BATCH_CHARS));
    ann.member.awaitTurn();
    bob.member.awaitTurn();
    scheduler.turn();
    expect(bob.turns).toBe(1);
    expect(rendered.filter((events) => new RoomBatch('test', events).size >= MAX_BATCH_CHARS)).toHaveLength(2);
  });

  it('who wait already are told when it becomes a slow member that they wait for', () => {
    const ann = enter('ann');
    const slow = enter('slow');
    scheduler.turn();
    slow.reads = false;
    for (let part = 0; part < 4; part += 1) ann.member.say('x'.repeat(SLOW_MEMBER_BYTES / 4));
    ann.member.awaitTurn();
    expect(ann.holds).toBe(0);
    scheduler.turn();
    expect(ann.holds).toBe(1);
    expect(ann.turns).toBe(0);
  });

  it('who have left get no turn', () => {
    const ann = enter('ann');
    ann.member.say('x'.repeat(MAX_BATCH_CHARS));
    ann.member.awaitTurn();
    ann.member.leave('lost');
    scheduler.turn();
    expect(ann.turns).toBe(0);
  });
});
