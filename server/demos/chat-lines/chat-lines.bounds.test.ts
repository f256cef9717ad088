import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { MAX_BATCH_CHARS, MAX_QUEUED_BYTES, STALLED_AFTER_MS } from '../../chat/limits.ts';
import type { FakeConnection } from '../testing/fake-connection.ts';
import { MAX_LINE_BYTES, MAX_REPLY_QUEUE_BYTES } from './limits.ts';
import { startTestChat, type TestChat } from './testing/test-chat.ts';

let chat: TestChat;

beforeEach(() => {
  chat = startTestChat();
});

afterEach(() => chat.close());

describe('bounds', () => {
  it('an answer to a flood of /who waits until the client reads', async () => {
    const ann = await chat.enter('ann');
    ann.stopReading();
    await chat.send(ann, '/who\n'.repeat(50_000));
    expect(ann.isPaused()).toBe(true);
    expect(ann.queuedBytes).toBeLessThanOrEqual(MAX_REPLY_QUEUE_BYTES + 100);
    while (ann.isPaused() || ann.queuedBytes > 0) await ann.readOn();
    expect(ann.lines.filter((line) => line === '* 1 person here: ann')).toHaveLength(50_000);
  });

  it('refusals of a flood of telnet options wait until the client reads', async () => {
    const ann = await chat.enter('ann');
    ann.stopReading();
    // IAC DO TIMING-MARK
    const options = Buffer.alloc(60_000, Buffer.from('fffd06', 'hex'));
    let sent = 0;
    for (; !ann.isPaused() && sent < 100; sent += 1) await ann.receive(options);
    expect(ann.isPaused()).toBe(true);
    expect(ann.queuedBytes).toBeLessThanOrEqual(MAX_REPLY_QUEUE_BYTES + options.length);
    while (ann.queuedBytes > 0) await ann.readOn();
    expect(ann.isPaused()).toBe(false);
    await chat.send(ann, '/who\n');
    expect(ann.lines.at(-1)).toContain('* 1 person here: ann');
  });

  it('a flood from one speaker goes out in batches, and another gets its turn in between', async () => {
    const ann = await chat.enter('ann');
    const bob = await chat.enter('bob');
    const cid = await chat.enter('cid');
    await ann.receive('x\n'.repeat(20_000));
    await bob.receive('may I?\n');
    expect(ann.isPaused()).toBe(true);
    expect(cid.lines.filter((line) => line.startsWith('<')).length).toBe(0);
    chat.scheduler.turn();
    const said = cid.lines.filter((line) => line.startsWith('<'));
    expect(said).toHaveLength(20_001);
    expect(said.indexOf('<bob> may I?')).toBeLessThanOrEqual((2 * MAX_BATCH_CHARS) / 32);
    expect(cid.writes.length).toBeGreaterThan(4);
  });

  it('who stops reading is cut off with a reason; all others get every line in order', async () => {
    const ann = await chat.enter('ann');
    const bob = await chat.enter('bob');
    const stalled = await chat.enter('stalled');
    stalled.stopReading();
    const text = 'y'.repeat(MAX_LINE_BYTES - 10);
    let count = 0;
    while (stalled.resetReason === null && count < 10_000) {
      await chat.send(ann, `${count} ${text}\n`);
      count += 1;
      chat.scheduler.pass(STALLED_AFTER_MS);
    }
    expect(stalled.resetReason).toBe('stopped-reading');
    expect(count * MAX_LINE_BYTES).toBeLessThan(MAX_QUEUED_BYTES + 64 * MAX_LINE_BYTES);
    expect(stalled.queuedBytes).toBeLessThan(MAX_BATCH_CHARS);
    const numbers = bob.lines.filter((line) => line.startsWith('<ann>')).map((line) => Number(line.split(' ')[1]));
    expect(numbers).toEqual(Array.from({ length: count }, (_, index) => index));
    expect(bob.lines.at(-1)).toBe('* stalled was cut off: it stopped reading');
  });

  it('who writes faster than a slow reader reads is told once that the lines wait', async () => {
    const ann = await chat.enter('ann');
    const slow = await chat.enter('slow');
    slow.stopReading();
    const lines = `${'z'.repeat(1_000)}\n`.repeat(2_000);
    await chat.send(ann, lines);
    expect(ann.isPaused()).toBe(true);
    for (let turns = 0; turns < 1_000 && ann.isPaused(); turns += 1) {
      await slow.takeOne();
      chat.scheduler.turn();
    }
    await slow.readOn();
    chat.scheduler.turn();
    expect(ann.lines.filter((line) => line.includes('Your lines wait'))).toHaveLength(1);
    expect(slow.lines.filter((line) => line.startsWith('<ann>'))).toHaveLength(2_000);
    expect(slow.resetReason).toBeNull();
  });
});

describe('under any chunking and any order of arrival', () => {
  const text = fc
    .string({ unit: 'grapheme', minLength: 1, maxLength: 30 })
    .filter((line) => !/^\/|\p{Cc}|[\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/u.test(line) && line.trim() !== '');
  const speakers = fc.array(fc.array(text, { maxLength: 12 }), { minLength: 2, maxLength: 5 });
  /** Who sends next, how many octets of what is left, and whether the room delivers then. */
  const schedule = fc.array(fc.tuple(fc.nat(4), fc.integer({ min: 1, max: 80 }), fc.boolean()), { maxLength: 60 });

  it('everybody gets every line of everybody else, in the order of its speaker', async () => {
    await fc.assert(
      fc.asyncProperty(speakers, schedule, async (said, steps) => {
        const people: FakeConnection[] = [];
        for (const index of said.keys()) people.push(await chat.enter(`p${index}`));
        const left = said.map((lines) => Buffer.from(lines.map((line) => `${line}\n`).join('')));
        const feed = async (index: number, length: number): Promise<void> => {
          await people[index]?.receive(left[index]?.subarray(0, length) ?? '');
          left[index] = left[index]?.subarray(length) ?? Buffer.alloc(0);
        };
        for (const [who, length, turn] of steps) {
          await feed(who % said.length, length);
          if (turn) chat.scheduler.turn();
        }
        for (const index of said.keys()) await feed(index, Number.MAX_SAFE_INTEGER);
        chat.scheduler.turn();
        for (const [listener, person] of people.entries()) {
          for (const [speaker, lines] of said.entries()) {
            const heard = person.lines.filter((line) => line.startsWith(`<p${speaker}> `));
            expect(heard).toEqual(speaker === listener ? [] : lines.map((line) => `<p${speaker}> ${line}`));
          }
          await person.receive('/quit\n');
        }
        chat.scheduler.turn();
      }),
      { numRuns: 60 },
    );
  });
});
