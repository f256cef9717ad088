import { describe, expect, it } from 'vitest';
import { OPEN_ROOM, type RoomSettings } from './room-settings.ts';
import { openTestRoom } from './testing/test-room.ts';

/** A room of olga's with these things set. */
function openSetRoom(settings: Partial<RoomSettings>) {
  const open = openTestRoom('olga');
  const olga = open.enter('olga', 'olga');
  open.room.configure({ ...OPEN_ROOM, ...settings });
  return { ...open, olga };
}

describe('a room whose owner has set something', () => {
  it('lets nobody in without its password, but who moderates it', () => {
    const { room, enter, olga } = openSetRoom({ password: 'sesame' });
    expect(() => enter('ann', 'ann')).toThrow('wrong-password');
    const entrant = { user: 'ann', resource: null, recipient: olga };
    expect(room.join('ann', { ...entrant, password: 'Sesame' })).toEqual({ refused: 'wrong-password' });
    expect(room.join('ann', { ...entrant, password: 'sesame' })).toHaveProperty('member');
    olga.member.affiliate('bob', 'admin');
    expect(enter('bob', 'bob').member.role).toBe('moderator');
  });

  it('lets only members in, puts others out, and whoever is none any more', () => {
    const { room, enter, olga, scheduler } = openSetRoom({});
    const ann = enter('ann', 'ann');
    const bob = enter('bob', 'bob');
    olga.member.affiliate('bob', 'member');
    room.configure({ ...OPEN_ROOM, membersOnly: true });
    scheduler.turn();
    expect([ann.leftBy, bob.leftBy]).toEqual(['kicked', null]);
    expect(() => enter('ann', 'ann')).toThrow('members-only');
    expect(() => enter('guest')).toThrow('members-only');
    olga.member.affiliate('bob', 'none', 'no longer');
    scheduler.turn();
    expect([bob.leftBy, bob.farewell]).toEqual(['kicked', 'olga: no longer']);
  });

  it('gives newcomers no voice when it is moderated', () => {
    const { enter, olga, scheduler, ledger } = openSetRoom({ moderated: true });
    const ann = enter('ann', 'ann');
    expect(ann.member.role).toBe('visitor');
    expect(ann.member.say('hello')).toEqual({ refused: 'not-allowed' });
    expect(ann.member.setSubject('hello')).toBe('not-allowed');
    ann.member.signal({ type: 'typing', state: 'composing' });
    expect(olga.member.setRole('ann', 'participant', 'speak')).toBeNull();
    expect(ann.member.say('thanks')).toHaveProperty('stamp');
    scheduler.turn();
    expect(olga.heard.slice(-2)).toEqual(['ann presence online', 'ann said thanks']);
    expect(ledger.history.find('room:test', {}).count).toBe(1);
  });

  it('lets everybody set the subject where the owner says so', () => {
    const { enter } = openSetRoom({ subjectForAll: true });
    expect(enter('ann', 'ann').member.setSubject('tea')).toBeNull();
  });
});

describe('roles', () => {
  it('are given by who moderates, and not to or against equals', () => {
    const { room, enter } = openTestRoom('olga');
    const olga = enter('olga', 'olga');
    const ann = enter('ann', 'ann');
    const bob = enter('bob', 'bob');
    expect(ann.member.setRole('bob', 'visitor')).toBe('not-allowed');
    expect(olga.member.setRole('nobody', 'visitor')).toBe('not-here');
    expect(olga.member.setRole('ann', 'moderator')).toBeNull();
    expect(ann.member.setRole('bob', 'visitor')).toBeNull();
    expect(ann.member.setRole('bob', 'moderator')).toBe('not-allowed');
    expect(ann.member.setRole('olga', 'visitor')).toBe('not-allowed');
    expect(ann.member.kick('olga', '')).toBe('not-allowed');
    expect(ann.member.affiliate('bob', 'outcast')).toBe('not-allowed');
    expect(ann.member.kick('bob', 'out')).toBeNull();
    expect(bob.member.leaving).toBe('kicked');
    expect(olga.member.affiliate('ann', 'admin')).toBeNull();
    expect(olga.member.setRole('ann', 'participant')).toBe('not-allowed');
    expect(olga.member.affiliate('bob', 'outcast', 'x'.repeat(2_000))).toBe('too-long');
    expect(room.rights.of('bob')).toBe('none');
  });
});

describe('a nick that is kept', () => {
  it('is nobody else’s, whoever has it now goes, and it is given back', () => {
    const { room, enter, scheduler } = openTestRoom('olga');
    const olga = enter('olga', 'olga');
    const thief = enter('Ann', 'mallory');
    olga.member.affiliate('ann', 'member');
    expect(room.reserve('ann', 'ann', false)).toBe('nick-taken');
    expect(room.reserve('ann', 'not a nick', false)).toBe('nick-characters');
    expect(room.reserve('ann', 'ann', true)).toBeNull();
    scheduler.turn();
    expect([thief.leftBy, thief.farewell]).toEqual(['kicked', 'This nickname is reserved']);
    expect(() => enter('ANN', 'mallory')).toThrow('nick-taken');
    expect(olga.member.rename('ann')).toBe('nick-taken');
    expect(room.reserve('olga', 'ann', true)).toBe('nick-taken');
    expect(enter('ann', 'ann').member.nick).toBe('ann');
    room.withdraw('ann');
    scheduler.turn();
    expect(olga.heard.at(-1)).toBe('ann affiliated ann none');
    expect(room.rights.reserverOf('ann')).toBeNull();
  });
});
