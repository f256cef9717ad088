import { beforeEach, describe, expect, it } from 'vitest';
import { MAX_QUEUED_BYTES, NEWS_DELAY_MS, SLOW_MEMBER_BYTES, STALLED_AFTER_MS } from './limits.ts';
import type { Room } from './room.ts';
import type { ManualScheduler } from './testing/manual-scheduler.ts';
import { openTestRoom, type Person } from './testing/test-room.ts';

const CHARS = 64 * 1024;
const UNTIL_SLOW = SLOW_MEMBER_BYTES / CHARS;
const UNTIL_CUT_OFF = MAX_QUEUED_BYTES / CHARS;

describe('a member that stops reading', () => {
  let room: Room;
  let scheduler: ManualScheduler;
  let ann: Person;
  let bob: Person;
  let stalled: Person;

  beforeEach(() => {
    const opened = openTestRoom();
    ({ room, scheduler } = opened);
    ann = opened.enter('ann');
    bob = opened.enter('bob');
    stalled = opened.enter('stalled');
    scheduler.pass(NEWS_DELAY_MS);
    stalled.reads = false;
  });

  it('gets one batch, and the rest only when it has taken that', () => {
    ann.talks(3, 10);
    expect(stalled.batches).toHaveLength(2);
    stalled.takes(true);
    expect(stalled.batches).toHaveLength(4);
    expect(stalled.heard).toEqual(bob.heard.slice(1));
  });

  it('is waited for as long as it takes something now and then, so it misses nothing', () => {
    ann.talks(UNTIL_SLOW, CHARS);
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
    ann.talks(UNTIL_SLOW, CHARS);
    expect(bob.holds).toBe(0);
    bob.member.awaitTurn();
    expect(bob.holds).toBe(1);
    scheduler.pass(STALLED_AFTER_MS - 1);
    expect(bob.turns).toBe(0);
    scheduler.pass(1);
    expect(room.full).toBe(false);
    expect(bob.turns).toBe(1);
    bob.talks(1, CHARS);
    expect(room.full).toBe(false);
  });

  it('is cut off when its bound is reached, and everybody else has heard everything, and why', () => {
    ann.talks(UNTIL_SLOW, CHARS);
    scheduler.pass(STALLED_AFTER_MS);
    ann.talks(UNTIL_CUT_OFF - UNTIL_SLOW - 1, CHARS);
    expect(stalled.leftBy).toBeNull();
    ann.talks(1, CHARS);
    expect(stalled.leftBy).toBe('stopped-reading');
    expect(room.nicks()).toEqual(['ann', 'bob']);
    const said = bob.heard.filter((line) => line.startsWith('ann said'));
    expect(said).toHaveLength(UNTIL_CUT_OFF);
    scheduler.pass(NEWS_DELAY_MS);
    expect(bob.heard.at(-1)).toBe('stalled left');
    expect(stalled.batches).toHaveLength(2);
  });

  it('counts as reading again as soon as it does', () => {
    ann.talks(UNTIL_SLOW, CHARS);
    scheduler.pass(STALLED_AFTER_MS);
    stalled.takes(true);
    ann.talks(UNTIL_CUT_OFF, CHARS);
    expect(stalled.leftBy).toBeNull();
    stalled.reads = false;
    ann.talks(UNTIL_SLOW, CHARS);
    expect(room.full).toBe(true);
  });

  it('leaves no timer behind when it leaves', () => {
    ann.talks(UNTIL_SLOW, CHARS);
    expect(scheduler.timers).toBe(1);
    stalled.member.leave('lost');
    scheduler.pass(NEWS_DELAY_MS);
    expect(scheduler.timers).toBe(0);
    expect(room.full).toBe(false);
  });

  it('leaves no timer behind when the room closes', () => {
    ann.talks(UNTIL_SLOW, CHARS);
    ann.member.say('last words');
    room.close();
    stalled.member.leave('lost');
    expect(scheduler.timers).toBe(0);
    expect(bob.heard.at(-1)).toBe('ann said last words');
  });
});
