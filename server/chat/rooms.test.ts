import { beforeEach, describe, expect, it } from 'vitest';
import { MAX_ROOMS, NEWS_DELAY_MS } from './limits.ts';
import type { Entrant } from './member.ts';
import { LOBBY } from './rooms.ts';
import { openTestChat, type TestChat } from './testing/test-chat.ts';
import { openTestRoom } from './testing/test-room.ts';

describe('rooms', () => {
  let opened: TestChat;
  let dave: Entrant;

  beforeEach(() => {
    opened = openTestChat();
    const { recipient } = openTestRoom().enter('dave').member;
    dave = { user: 'dave', resource: null, recipient };
  });

  it('begin with a lobby that is always there', () => {
    const { rooms } = opened.chat;
    const entered = rooms.enter('Lobby', 'dave', { ...dave, user: null });
    if ('refused' in entered) throw new Error(entered.refused);
    expect(entered).toMatchObject({ opened: false, room: rooms.lobby });
    entered.member.leave('quit');
    opened.scheduler.turn();
    expect(rooms.list().map(({ name }) => name)).toEqual([LOBBY]);
  });

  it('are opened by whoever comes first, who owns them, and forgotten with their history by the last one', () => {
    const { rooms, history } = opened.chat;
    const entered = rooms.enter('Garden', 'dave', dave);
    if ('refused' in entered) throw new Error(entered.refused);
    const { room, member } = entered;
    expect(entered.opened).toBe(true);
    expect(room.rights.of('dave')).toBe('owner');
    member.say('hello');
    expect(history.find('room:garden', {}).count).toBe(1);
    member.leave('quit');
    opened.scheduler.turn();
    expect(rooms.get('garden')).toBeNull();
    expect(history.find('room:garden', {}).count).toBe(0);
  });

  it('are not opened without an account, under a bad name or nick, or beyond their bound', () => {
    const { rooms } = opened.chat;
    expect(rooms.enter('garden', 'dave', { ...dave, user: null })).toEqual({ refused: 'no-such-room' });
    expect(rooms.enter('a garden', 'dave', dave)).toEqual({ refused: 'bad-room-name' });
    expect(rooms.enter('garden', 'server', dave)).toEqual({ refused: 'nick-reserved' });
    expect(rooms.get('garden')).toBeNull();
    for (let count = 1; count < MAX_ROOMS; count += 1) rooms.enter(`r${count}`, 'dave', dave);
    expect(rooms.enter('late', 'dave', dave)).toEqual({ refused: 'too-many-rooms' });
  });
});

describe('in a room', () => {
  it('sessions of one user share a nick; the others hear of the first coming and the last going', () => {
    const { room, enter, scheduler } = openTestRoom();
    const ann = enter('ann');
    const phone = enter('dave', 'dave');
    const desk = enter('dave', 'dave');
    expect(() => enter('dave', 'mallory')).toThrow('nick-taken');
    expect(() => enter('dave')).toThrow('nick-taken');
    expect(room.nicks()).toEqual(['ann', 'dave']);
    scheduler.pass(NEWS_DELAY_MS);
    phone.member.say('hi');
    scheduler.turn();
    phone.member.leave('quit');
    scheduler.pass(NEWS_DELAY_MS);
    expect(phone.leftBy).toBe('quit');
    expect(ann.heard).toEqual(['ann joined', 'dave joined', 'dave said hi']);
    expect(desk.heard).toEqual(['dave said hi']);
    desk.member.rename('david');
    desk.member.leave('lost');
    scheduler.pass(NEWS_DELAY_MS);
    expect(ann.heard.slice(3)).toEqual(['dave renamed david', 'david left']);
  });

  it('a message sent again under its client id is said once', () => {
    const { enter, scheduler } = openTestRoom();
    const ann = enter('ann');
    const dave = enter('dave', 'dave');
    const first = dave.member.say({ body: 'hi', clientId: 'c1', once: true });
    const again = dave.member.say({ body: 'hi', clientId: 'c1', once: true });
    scheduler.turn();
    expect(ann.heard.filter((line) => line === 'dave said hi')).toHaveLength(1);
    expect(first).toMatchObject({ repeated: false, stamp: { id: 'test-1' } });
    expect(again).toMatchObject({ repeated: true, stamp: { id: 'test-1' } });
  });

  it('a whisper reaches one member only, after what was said before, and is in no history', () => {
    const { enter, ledger, scheduler } = openTestRoom();
    const ann = enter('ann');
    const bob = enter('bob');
    const cid = enter('cid');
    ann.member.say('to all');
    ann.member.whisper('BOB', { body: 'psst' });
    expect(bob.heard.at(-1)).toBe('ann said to all');
    expect(bob.whispers).toEqual(['ann: psst']);
    expect(cid.whispers).toEqual([]);
    expect(ann.member.whisper('nobody', { body: 'psst' })).toEqual({ refused: 'not-here' });
    scheduler.turn();
    expect(ledger.history.find('room:test', {}).messages.map(({ body }) => body)).toEqual(['to all']);
  });

  it('who moderates puts others out, and keeps them out', () => {
    const { room, enter, scheduler } = openTestRoom('olga');
    const olga = enter('olga', 'olga');
    const mallory = enter('mallory', 'mallory');
    expect(mallory.member.kick('olga', 'mine now')).toBe('not-allowed');
    expect(olga.member.kick('mallory', 'enough')).toBeNull();
    scheduler.turn();
    expect(mallory.leftBy).toBe('kicked');
    expect(mallory.farewell).toBe('olga: enough');
    expect(olga.heard.at(-1)).toBe('mallory left by olga');
    const again = enter('mallory', 'mallory');
    expect(olga.member.affiliate('mallory', 'outcast')).toBeNull();
    scheduler.turn();
    expect(again.leftBy).toBe('kicked');
    expect(olga.heard.slice(-2)).toEqual(['olga affiliated mallory outcast', 'mallory left by olga']);
    expect(() => enter('mallory', 'mallory')).toThrow('outcast');
    expect(room.nicks()).toEqual(['olga']);
    expect(olga.member.affiliate('olga', 'none')).toBe('not-allowed');
  });

  it('the subject is kept for newcomers; in the server’s own rooms everybody may set it', () => {
    const own = openTestRoom('olga');
    expect(own.enter('ann').member.setSubject('mine')).toBe('not-allowed');
    const { room, enter, scheduler } = openTestRoom();
    const ann = enter('ann');
    expect(ann.member.setSubject('sockets')).toBeNull();
    expect(room.subject).toEqual({ text: 'sockets', nick: 'ann' });
    expect(ann.member.setSubject('x'.repeat(2_000))).toBe('too-long');
    scheduler.turn();
    expect(ann.heard.at(-1)).toBe('ann subject sockets');
  });

  it('signals pass by and are kept nowhere', () => {
    const { enter, ledger, scheduler } = openTestRoom();
    const ann = enter('ann');
    ann.member.signal({ type: 'typing', state: 'composing' });
    scheduler.turn();
    expect(ann.heard.at(-1)).toBe('ann signal typing');
    expect(ledger.history.find('room:test', {}).count).toBe(0);
  });
});
