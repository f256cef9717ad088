import { beforeEach, describe, expect, it } from 'vitest';
import { MAX_BODY_BYTES, MAX_OFFLINE_MESSAGES, MAX_QUEUED_BYTES, MAX_SESSIONS_PER_USER } from './limits.ts';
import { openTestChat, type TestChat } from './testing/test-chat.ts';

let opened: TestChat;

beforeEach(() => {
  opened = openTestChat();
});

describe('a message to a user', () => {
  it('gets an id, an order and a time, and reaches every session of the user', () => {
    const alice = opened.connect('alice');
    const phone = opened.connect('bob', 'phone');
    const desk = opened.connect('bob', 'desk');
    opened.nowMs = 5_000;
    const first = alice.says('bob', 'hello');
    const second = alice.says('bob', 'are you there?');
    expect(first).toMatchObject({ reached: 'delivered', repeated: false, stamp: { seq: 1, atMs: 5_000 } });
    expect(second).toMatchObject({ stamp: { seq: 2 } });
    expect('stamp' in first && 'stamp' in second && first.stamp.id !== second.stamp.id).toBe(true);
    for (const session of [phone, desk]) expect(session.heard).toEqual(['alice: hello', 'alice: are you there?']);
  });

  it('is shown to the other sessions of its sender, not to the one that sent it', () => {
    const phone = opened.connect('alice', 'phone');
    const desk = opened.connect('alice', 'desk');
    opened.connect('bob');
    phone.says('bob', 'hello');
    expect(desk.carbons.map(({ body }) => body)).toEqual(['hello']);
    expect(phone.carbons).toEqual([]);
  });

  it('that is sent again under the same client id is acknowledged with the first id, and delivered once', () => {
    const alice = opened.connect('alice');
    const bob = opened.connect('bob');
    const first = alice.says('bob', 'once', { clientId: 'c1', once: true });
    const again = opened.connect('alice', 'after-reconnecting').says('bob', 'once', { clientId: 'c1', once: true });
    expect(first).toMatchObject({ repeated: false, stamp: { id: '07070707-1', atMs: 1_000 } });
    expect(again).toMatchObject({ repeated: true, stamp: { id: '07070707-1', atMs: 1_000 } });
    expect(bob.heard).toEqual(['alice: once']);
  });

  it('is another one under the same id when another user sends it, or the sender does not ask for once', () => {
    const bob = opened.connect('bob');
    opened.connect('alice').says('bob', 'a', { clientId: 'c1', once: true });
    opened.connect('carol').says('bob', 'b', { clientId: 'c1', once: true });
    opened.connect('alice', 'other').says('bob', 'c', { clientId: 'c1' });
    expect(bob.heard).toEqual(['alice: a', 'carol: b', 'alice: c']);
  });

  it('is refused when nobody is called that, or it is too long', () => {
    const alice = opened.connect('alice');
    expect(alice.says('nobody', 'hello')).toEqual({ refused: 'no-such-user' });
    expect(alice.says('bob', 'x'.repeat(MAX_BODY_BYTES + 1))).toEqual({ refused: 'too-long' });
    expect(opened.chat.offlineCount('bob')).toBe(0);
  });

  it('does not reach who has blocked its sender', () => {
    const alice = opened.connect('alice');
    const bob = opened.connect('bob');
    opened.chat.setBlocked('bob', 'alice', true);
    expect(alice.says('bob', 'hello')).toEqual({ refused: 'blocked' });
    opened.chat.setBlocked('bob', 'alice', false);
    alice.says('bob', 'hello again');
    expect(bob.heard).toEqual(['alice: hello again']);
  });
});

describe('messages to somebody who is not there', () => {
  it('wait, and are taken once, in order', () => {
    const alice = opened.connect('alice');
    expect(alice.says('bob', 'one')).toMatchObject({ reached: 'stored' });
    alice.says('bob', 'two');
    const bob = opened.connect('bob');
    expect(bob.session.takeOffline().map(({ body }) => body)).toEqual(['one', 'two']);
    expect(bob.session.takeOffline()).toEqual([]);
  });

  it('wait as well when no session takes them', () => {
    const alice = opened.connect('alice');
    opened.connect('bob').takes = false;
    expect(alice.says('bob', 'hello')).toMatchObject({ reached: 'stored' });
    expect(opened.chat.offlineCount('bob')).toBe(1);
  });

  it('are refused when too many wait, and can be sent again once they do not', () => {
    const alice = opened.connect('alice');
    for (let count = 0; count < MAX_OFFLINE_MESSAGES; count += 1) alice.says('bob', 'hello');
    const late = { clientId: 'late', once: true };
    expect(alice.says('bob', 'one too many', late)).toEqual({ refused: 'offline-full' });
    opened.connect('bob').session.takeOffline();
    expect(alice.says('bob', 'one too many', late)).toMatchObject({ repeated: false, reached: 'delivered' });
  });
});

describe('a session', () => {
  it('is refused for who has no account, and when the resource is taken or there are too many', () => {
    opened.connect('bob', 'r0');
    expect(() => opened.connect('nobody')).toThrow('no-such-user');
    expect(() => opened.connect('bob', 'r0')).toThrow('resource-taken');
    for (let count = 1; count < MAX_SESSIONS_PER_USER; count += 1) opened.connect('bob', `r${count}`);
    expect(() => opened.connect('bob', 'late')).toThrow('too-many-sessions');
  });

  it('that does not read is cut off with the reason; the others are not slowed', () => {
    const alice = opened.connect('alice');
    const stalled = opened.connect('bob', 'stalled');
    const reading = opened.connect('bob', 'reading');
    stalled.queuedBytes = MAX_QUEUED_BYTES + 1;
    alice.says('bob', 'one');
    expect(stalled.cutOffBy).toBe('stopped-reading');
    alice.says('bob', 'two');
    expect(stalled.heard).toEqual(['alice: one']);
    expect(reading.heard).toEqual(['alice: one', 'alice: two']);
  });

  it('sends and gets nothing any more once it is closed', () => {
    const alice = opened.connect('alice');
    const bob = opened.connect('bob');
    bob.session.close();
    bob.session.close();
    expect(bob.says('alice', 'hello')).toEqual({ refused: 'not-connected' });
    expect(alice.says('bob', 'hello')).toMatchObject({ reached: 'stored' });
    expect(opened.connect('bob').session.takeOffline()).toHaveLength(1);
  });

  it('can be found by user and resource until it is closed', () => {
    const { session } = opened.connect('bob', 'desk');
    expect(opened.chat.session('bob', 'desk')).toBe(session);
    session.close();
    expect(opened.chat.session('bob', 'desk')).toBeNull();
    expect(opened.chat.sessionsOf('bob')).toEqual([]);
  });
});

describe('presence', () => {
  it('is told to who watches: coming, changing, going', () => {
    const alice = opened.connect('alice');
    alice.session.watchPresence();
    const bob = opened.connect('bob', 'desk').appears();
    bob.session.setPresence({ show: 'away', status: 'lunch', priority: 0 });
    bob.session.close();
    expect(alice.presences.map(({ user, resource, presence }) => [user, resource, presence?.show ?? null])).toEqual([
      ['bob', 'desk', 'online'],
      ['bob', 'desk', 'away'],
      ['bob', 'desk', null],
    ]);
  });

  it('is not told of a session that never was available', () => {
    const alice = opened.connect('alice');
    alice.session.watchPresence();
    opened.connect('bob').session.close();
    expect(alice.presences).toEqual([]);
  });

  it('names the users who are available', () => {
    opened.connect('alice');
    opened.connect('bob').appears();
    expect(opened.chat.availableUsers()).toEqual(['bob']);
  });
});

describe('signals', () => {
  it('reach who is there and wait for nobody', () => {
    const alice = opened.connect('alice');
    const typing = { type: 'typing', state: 'composing' } as const;
    expect(alice.session.signal('bob', typing)).toBe(false);
    const bob = opened.connect('bob');
    expect(alice.session.signal('bob', typing)).toBe(true);
    expect(bob.signals).toMatchObject([{ from: { user: 'alice' }, signal: typing }]);
    expect(bob.session.takeOffline()).toEqual([]);
  });
});

describe('history', () => {
  it('keeps what two users said to each other, for both', () => {
    const alice = opened.connect('alice');
    const bob = opened.connect('bob');
    alice.says('bob', 'one');
    bob.says('alice', 'two');
    alice.says('carol', 'three');
    const bodies = (owner: string, other?: string): string[] =>
      opened.chat.history
        .find(`user:${owner}`, other === undefined ? {} : { with: other })
        .messages.map(({ body }) => body);
    expect(bodies('alice')).toEqual(['one', 'two', 'three']);
    expect(bodies('alice', 'carol')).toEqual(['three']);
    expect(bodies('bob')).toEqual(['one', 'two']);
    expect(bodies('carol')).toEqual(['three']);
  });

  it('is forgotten with the account, which the demo accounts never are', async () => {
    const { chat } = opened;
    await chat.accounts.register('Dora', 'secret');
    const dora = opened.connect('dora');
    dora.says('alice', 'hello');
    expect(chat.removeAccount('dora')).toBe(true);
    expect(dora.cutOffBy).toBe('account-removed');
    expect(chat.history.find('user:dora', {}).count).toBe(0);
    expect(chat.removeAccount('alice')).toBe(false);
  });
});
