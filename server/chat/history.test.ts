import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Deque } from './deque.ts';
import { History } from './history.ts';
import { MAX_ALL_HISTORY_BYTES, MAX_ALL_HISTORY_MESSAGES, MAX_BODY_BYTES, MAX_HISTORY_MESSAGES } from './limits.ts';
import type { Message } from './message.ts';
import { Stamper } from './stamper.ts';

let nowMs = 0;
const stamper = new Stamper(() => nowMs, 'test');

function message(body = 'hello', from = 'alice', to = 'bob'): Message {
  nowMs += 1_000;
  return stamper.stamp(
    { user: from, nick: from, resource: null },
    { type: 'user', name: to, resource: null },
    { body },
  );
}

describe('history', () => {
  it('answers by id, by time and by how many, and says whether that is all', () => {
    const history = new History();
    const [first, second, third, fourth] = Array.from({ length: 4 }, () => message());
    if (!first || !second || !third || !fourth) throw new Error('four were made');
    for (const one of [first, second, third, fourth]) history.keep('user:bob', one);
    const find = (query: Parameters<History['find']>[1]) => history.find('user:bob', query);
    expect(find({}).messages).toEqual([first, second, third, fourth]);
    expect(find({ afterId: second.id })).toMatchObject({ messages: [third, fourth], complete: true, count: 2 });
    expect(find({ beforeId: second.id }).messages).toEqual([first]);
    expect(find({ sinceMs: second.atMs, untilMs: third.atMs }).messages).toEqual([second, third]);
    expect(find({ limit: 3 })).toMatchObject({ messages: [first, second, third], complete: false, count: 4 });
    expect(find({ limit: 2, take: 'newest' }).messages).toEqual([third, fourth]);
    expect(find({ limit: 0 })).toMatchObject({ messages: [], count: 4, complete: false });
  });

  it('says so when it does not know an id', () => {
    const history = new History();
    expect(history.find('user:bob', { afterId: 'test-1' })).toMatchObject({ unknownId: true, messages: [] });
    history.keep('user:bob', message());
    expect(history.find('user:bob', { afterId: 'no-such' })).toMatchObject({ unknownId: true, messages: [] });
  });

  it('forgets the oldest of an owner beyond its bound', () => {
    const history = new History();
    const all = Array.from({ length: MAX_HISTORY_MESSAGES + 5 }, () => message());
    for (const one of all) history.keep('room:lobby', one);
    expect(history.find('room:lobby', {}).messages).toEqual(all.slice(5));
  });

  it('bounds what all owners hold together, in messages and in octets', () => {
    const history = new History();
    const owners = MAX_ALL_HISTORY_MESSAGES / 10 + 3;
    for (let owner = 0; owner < owners; owner += 1) {
      for (let count = 0; count < 10; count += 1) history.keep(`room:r${owner}`, message());
    }
    const kept = Array.from({ length: owners }, (_, owner) => history.find(`room:r${owner}`, {}).count);
    expect(kept.reduce((sum, count) => sum + count)).toBe(MAX_ALL_HISTORY_MESSAGES);
    expect(kept.slice(0, 4)).toEqual([0, 0, 0, 10]);
    const big = message('x'.repeat(MAX_BODY_BYTES));
    for (let count = 0; count < MAX_HISTORY_MESSAGES; count += 1) history.keep('room:big', big);
    expect(history.find('room:big', {}).count).toBe(Math.floor(MAX_ALL_HISTORY_BYTES / (MAX_BODY_BYTES + 256)));
    expect(history.find(`room:r${owners - 1}`, {}).count).toBe(0);
  });
});

it('a deque gives back what it was given, in order', () => {
  fc.assert(
    fc.property(fc.array(fc.option(fc.integer())), (steps) => {
      const deque = new Deque<number>();
      const model: number[] = [];
      for (const step of steps) {
        if (step === null) expect(deque.shift()).toBe(model.shift());
        else {
          deque.push(step);
          model.push(step);
        }
        expect([...deque]).toEqual(model);
        expect(deque.length).toBe(model.length);
        expect(deque.at(0)).toBe(model[0]);
      }
    }),
  );
});
