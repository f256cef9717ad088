import { beforeEach, describe, expect, it } from 'vitest';
import type { ChatRequest } from '#protocol/chat-request.ts';
import { startTestChat } from '../chat-lines/testing/test-chat.ts';
import { startTestJson, type TestJson } from './testing/test-json.ts';

let test: TestJson;

beforeEach(() => {
  test = startTestJson();
});

describe('a room', () => {
  it('is joined, heard, spoken to and left', async () => {
    const alice = await test.login('alice');
    const bob = await test.login('bob');
    alice.send1({ type: 'join', id: '1', room: '#Garden', nick: 'al' });
    expect(alice.last('joined')).toEqual({
      type: 'joined',
      re: '1',
      room: '#garden',
      nick: 'al',
      members: [{ nick: 'al', user: 'alice', affiliation: 'owner' }],
      subject: '',
    });
    bob.send1({ type: 'join', room: '#garden' });
    expect(alice.last('member')).toMatchObject({ nick: 'bob', user: 'bob', event: 'joined' });
    bob.send1({ type: 'message', id: 'c1', to: '#garden', body: 'hi' });
    expect(bob.last('ack')).toMatchObject({ re: 'c1', status: 'said' });
    expect(alice.last('message')).toMatchObject({ from: 'bob', user: 'bob', to: '#garden', body: 'hi' });
    expect(bob.all('message')).toEqual([]);
    alice.send1({ type: 'subject', room: '#garden', text: 'roses' });
    expect(bob.last('subject')).toMatchObject({ nick: 'al', text: 'roses' });
    bob.send1({ type: 'leave', id: '2', room: '#garden' });
    expect(bob.last('left')).toMatchObject({ re: '2', room: '#garden', cause: 'quit' });
    expect(alice.last('member')).toMatchObject({ nick: 'bob', event: 'left' });
  });

  it('takes a whisper to one member', async () => {
    const [alice, bob, carol] = [await test.login('alice'), await test.login('bob'), await test.login('carol')];
    for (const one of [alice, bob, carol]) one.send1({ type: 'join', room: '#lobby' });
    alice.send1({ type: 'message', id: 'c1', to: '#lobby/bob', body: 'psst' });
    expect(bob.last('message')).toMatchObject({ from: 'alice', to: '#lobby/bob', body: 'psst' });
    expect(carol.all('message')).toEqual([]);
  });

  it('is the same for lines and for JSON, in the same order', async () => {
    const lines = startTestChat(test);
    const ann = await lines.enter('ann');
    const alice = await test.login('alice');
    alice.send1({ type: 'join', room: '#lobby' });
    expect(alice.last('joined').members).toEqual([
      { nick: 'ann' },
      { nick: 'alice', user: 'alice', affiliation: 'admin' },
    ]);
    await lines.send(ann, 'hello from nc\n');
    alice.send1({ type: 'message', id: 'c1', to: '#lobby', body: 'hello from JSON\nin two lines' });
    await lines.send(ann, 'bye\n');
    expect(alice.all('message').map(({ from, user, body }) => [from, user, body])).toEqual([
      ['ann', undefined, 'hello from nc'],
      ['ann', undefined, 'bye'],
    ]);
    expect(ann.lines.slice(-3)).toEqual(['* alice joined', '<alice> hello from JSON', '<alice> in two lines']);
    alice.send1({ type: 'history', with: '#lobby' });
    expect(alice.last('history').messages.map(({ body }) => body)).toEqual([
      'hello from nc',
      'hello from JSON\nin two lines',
      'bye',
    ]);
  });

  it.each([
    ['lobby', 'bad-room-name'],
    ['#', 'bad-room-name'],
    ['#a b', 'bad-room-name'],
    ['#lobby/ann', 'bad-room-name'],
  ])('is not called %s', async (room, code) => {
    const alice = await test.login('alice');
    alice.send1({ type: 'join', id: '1', room });
    expect(alice.last('error')).toMatchObject({ re: '1', code });
  });
});

describe('who moderates a room', () => {
  it('puts others out, who are told by whom, and keeps them out', async () => {
    const [carol, bob] = [await test.login('carol'), await test.login('bob')];
    for (const one of [carol, bob]) one.send1({ type: 'join', room: '#garden' });
    bob.send1({ type: 'kick', id: 'k1', room: '#garden', nick: 'carol' });
    expect(bob.last('error')).toMatchObject({ re: 'k1', code: 'not-allowed' });
    carol.send1({ type: 'kick', id: 'k2', room: '#garden', nick: 'bob', reason: 'enough' });
    expect(carol.last('ok')).toEqual({ type: 'ok', re: 'k2' });
    const farewell = { type: 'left', room: '#garden', cause: 'kicked', reason: 'enough', by: 'carol' };
    expect(bob.last('left')).toEqual(farewell);
    expect(carol.last('member')).toMatchObject({ nick: 'bob', event: 'left', detail: 'enough', by: 'carol' });
    bob.send1({ type: 'join', room: '#garden' });
    carol.send1({ type: 'affiliation', id: 'a1', room: '#garden', user: 'Bob', affiliation: 'outcast' });
    expect(bob.last('left')).toMatchObject({ cause: 'kicked', by: 'carol' });
    bob.send1({ type: 'join', id: 'j1', room: '#garden' });
    expect(bob.last('error')).toMatchObject({ re: 'j1', code: 'outcast' });
  });

  it('makes others moderate, and everybody is told', async () => {
    const [carol, bob] = [await test.login('carol'), await test.login('bob')];
    carol.send1({ type: 'join', room: '#garden' });
    expect(carol.last('joined').members).toEqual([{ nick: 'carol', user: 'carol', affiliation: 'owner' }]);
    bob.send1({ type: 'join', room: '#garden' });
    bob.send1({ type: 'subject', id: 's1', room: '#garden', text: 'mine' });
    expect(bob.last('error')).toMatchObject({ re: 's1', code: 'not-allowed' });
    carol.send1({ type: 'affiliation', id: 'a1', room: '#garden', user: 'bob', affiliation: 'admin' });
    const told = { type: 'affiliation', room: '#garden', user: 'bob', affiliation: 'admin', by: 'carol' };
    expect(bob.last('affiliation')).toEqual(told);
    bob.send1({ type: 'subject', room: '#garden', text: 'ours' });
    expect(carol.last('subject')).toMatchObject({ nick: 'bob', text: 'ours' });
  });

  it.each([
    [{ type: 'kick', id: '1', room: '#garden', nick: 'nobody' }, 'not-there'],
    [{ type: 'kick', id: '1', room: '#elsewhere', nick: 'bob' }, 'not-in-room'],
    [{ type: 'kick', id: '1', room: '#garden', nick: 'carol' }, 'not-allowed'],
    [{ type: 'affiliation', id: '1', room: '#garden', user: 'nobody', affiliation: 'outcast' }, 'no-such-user'],
    [{ type: 'affiliation', id: '1', room: '#garden', user: 'carol', affiliation: 'none' }, 'not-allowed'],
    [{ type: 'subject', id: '1', room: '#elsewhere', text: 'x' }, 'not-in-room'],
  ] satisfies [ChatRequest, string][])('is answered %j by %s', async (request, code) => {
    const carol = await test.login('carol');
    carol.send1({ type: 'join', room: '#garden' }).send1(request);
    expect(carol.last('error')).toMatchObject({ re: '1', code });
  });
});

describe('history', () => {
  it('is what came since an id, piece by piece', async () => {
    const alice = await test.login('alice');
    for (const id of ['c1', 'c2', 'c3', 'c4']) alice.send1({ type: 'message', id, to: 'bob', body: id });
    const [first] = alice.all('ack');
    alice.send1({ type: 'history', id: 'h1', with: 'bob', since: first?.id ?? '', limit: 2 });
    const page = alice.last('history');
    expect(page).toMatchObject({ re: 'h1', with: 'bob', complete: false });
    expect(page.messages.map(({ body }) => body)).toEqual(['c2', 'c3']);
    alice.send1({ type: 'history', with: 'bob', since: page.messages.at(-1)?.id ?? '' });
    expect(alice.last('history')).toMatchObject({ complete: true, messages: [{ body: 'c4' }] });
    alice.send1({ type: 'history', with: 'bob', limit: 1 });
    expect(alice.last('history').messages.map(({ body }) => body)).toEqual(['c4']);
    alice.send1({ type: 'history', with: 'bob', since: 'from-another-life' });
    expect(alice.last('error').code).toBe('unknown-id');
  });

  it('of a room is for who is in it', async () => {
    const alice = await test.login('alice');
    alice.send1({ type: 'history', with: '#lobby' });
    expect(alice.last('error').code).toBe('not-in-room');
  });

  it('is cut where an answer would be too large, and goes on from there', async () => {
    const alice = await test.login('alice');
    for (let count = 0; count < 30; count += 1) {
      alice.send1({ type: 'message', id: `c${count}`, to: 'bob', body: 'x'.repeat(16_000) });
    }
    alice.send1({ type: 'history', with: 'bob', since: alice.all('ack')[0]?.id ?? '' });
    const page = alice.last('history');
    expect(page.complete).toBe(false);
    expect(page.messages.length).toBeGreaterThan(10);
    expect(JSON.stringify(page).length).toBeLessThan(300_000);
  });
});
