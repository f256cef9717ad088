import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { MAX_BATCH_CHARS, MAX_QUEUED_BYTES, STALLED_AFTER_MS } from '../../chat/limits.ts';
import { type ManualScheduler, manualScheduler } from '../../chat/testing/manual-scheduler.ts';
import type { RunningDemo } from '../demo.ts';
import { FakeConnection } from '../testing/fake-connection.ts';
import { createChatLines } from './chat-lines.ts';
import { MAX_LINE_BYTES, MAX_REPLY_QUEUE_BYTES, MAX_UNNAMED } from './limits.ts';

let scheduler: ManualScheduler;
let chat: RunningDemo;

beforeEach(() => {
  scheduler = manualScheduler();
  chat = createChatLines(scheduler).start({ now: () => new Date(0) });
});

afterEach(() => chat.close?.());

function connect(): FakeConnection {
  const connection = new FakeConnection();
  chat.connection?.(connection);
  return connection;
}

/** Somebody who has come in under this nick. */
async function enter(nick: string): Promise<FakeConnection> {
  const connection = connect();
  await connection.receive(`${nick}\n`);
  scheduler.turn();
  return connection;
}

/** Sends, and lets the room deliver. */
async function send(connection: FakeConnection, bytes: Uint8Array | string): Promise<void> {
  await connection.receive(bytes);
  scheduler.turn();
}

describe('coming in', () => {
  it('greets, asks for a nick, and says who is here and what to know', async () => {
    await enter('ann');
    const bob = connect();
    await send(bob, 'bob\r\n');
    expect(bob.lines).toEqual([
      '* Welcome to the chat room. 1 person here: ann.',
      '* Type a nick and press Enter.',
      '* You are bob. 2 people here: ann, bob.',
      '* Your own lines are not sent back to you. /help lists the commands.',
    ]);
  });

  it('says why a nick is refused, and asks on', async () => {
    await enter('ann');
    const other = connect();
    await send(other, 'ANN\n\ntwo words\nserver\nann2\n');
    expect(other.lines.slice(2)).toEqual([
      '* Somebody is called ANN already. Try another nick.',
      '* A nick has letters, digits, and within it - _ and . only, no spaces. Try another one.',
      '* Nobody can be called server: it would pass for the room. Try another one.',
      '* You are ann2. 2 people here: ann, ann2.',
      '* Your own lines are not sent back to you. /help lists the commands.',
    ]);
  });

  it('does not take a browser for a person', async () => {
    const ann = await enter('ann');
    const browser = connect();
    await send(browser, 'POST / HTTP/1.1\r\nHost: localhost:7020\r\n\r\nmallory\r\nhello from a web page\r\n');
    expect(browser.lines.at(-1)).toBe('* This is a chat by lines, not a web server.');
    expect(browser.finished).toBe(true);
    expect(ann.lines.some((line) => line.includes('mallory'))).toBe(false);
  });

  it('takes a nick from a client that negotiates as telnet does, and refuses its options', async () => {
    const ann = await enter('ann');
    const telnet = connect();
    // IAC DO SUPPRESS-GO-AHEAD, IAC WILL TERMINAL-TYPE
    await send(telnet, Buffer.concat([Buffer.from('fffd03fffb18', 'hex'), Buffer.from('bo\r\0')]));
    expect(ann.lines.at(-1)).toBe('* bo joined');
    expect(telnet.received.includes(Buffer.from('fffc03fffe18', 'hex'))).toBe(true);
  });

  it('lets the connection go that has waited longest without a nick, when there are too many', async () => {
    const first = connect();
    for (let index = 1; index < MAX_UNNAMED; index += 1) connect();
    expect(first.writableEnded).toBe(false);
    connect();
    expect(first.lines.at(-1)).toContain('Too many others wait');
    expect(first.writableEnded).toBe(true);
  });
});

describe('talking', () => {
  it('brings every line to all others and not back to its speaker', async () => {
    const ann = await enter('ann');
    const bob = await enter('bob');
    const before = ann.lines.length;
    await send(ann, 'hello\nthere\n');
    expect(bob.lines.slice(-2)).toEqual(['<ann> hello', '<ann> there']);
    expect(ann.lines).toHaveLength(before);
  });

  it('relays no empty line', async () => {
    const ann = await enter('ann');
    const bob = await enter('bob');
    await send(ann, '\n  \r\n\t\nx\n');
    expect(bob.lines.at(-1)).toBe('<ann> x');
    expect(bob.lines.filter((line) => line.startsWith('<ann>'))).toHaveLength(1);
  });

  it('shows control bytes and never relays them', async () => {
    const ann = await enter('ann');
    const bob = await enter('bob');
    await send(ann, '\u001b]0;owned\u0007\u009b31m\r* server: pay me\n');
    expect(bob.lines.at(-1)).toBe('<ann> ^[]0;owned^G<U+009B>31m^M* server: pay me');
  });

  it('says // as a line that begins with /', async () => {
    const ann = await enter('ann');
    const bob = await enter('bob');
    await send(ann, '//etc/hosts\n');
    expect(bob.lines.at(-1)).toBe('<ann> /etc/hosts');
  });

  it('cuts a line that is too long, says so, and drops the rest', async () => {
    const ann = await enter('ann');
    const bob = await enter('bob');
    await send(ann, `${'x'.repeat(3 * MAX_LINE_BYTES)}\nnext\n`);
    expect(bob.lines.slice(-2)).toEqual([`<ann> ${'x'.repeat(MAX_LINE_BYTES)}`, '<ann> next']);
    expect(ann.lines.at(-1)).toContain(`longer than ${MAX_LINE_BYTES} octets`);
  });

  it('takes a last line without an end, then lets the client go', async () => {
    const ann = await enter('ann');
    const bob = await enter('bob');
    await bob.receive('bye\nreally');
    await bob.receiveFin();
    scheduler.turn();
    expect(ann.lines.slice(-3)).toEqual(['<bob> bye', '<bob> really', '* bob left']);
    expect(bob.writableEnded).toBe(true);
  });

  it('delivers what the others said before a client finished', async () => {
    const ann = await enter('ann');
    const bob = await enter('bob');
    await ann.receive('did you get this?\n');
    await bob.receiveFin();
    scheduler.turn();
    expect(bob.lines.at(-1)).toBe('<ann> did you get this?');
    expect(bob.writableEnded).toBe(true);
  });

  it('tells the others when a connection breaks', async () => {
    const ann = await enter('ann');
    const bob = await enter('bob');
    await new Promise<void>((resolve) => bob.once('close', resolve).destroy());
    scheduler.turn();
    expect(ann.lines.at(-1)).toBe('* bob left: the connection was lost');
  });
});

describe('commands', () => {
  it('/who lists who is here, also before one has a nick', async () => {
    await enter('ann');
    const bob = connect();
    await send(bob, '/who\nbob\n/WHO\n');
    expect(bob.lines.filter((line) => /^\* \d/.test(line))).toEqual([
      '* 1 person here: ann',
      '* 2 people here: ann, bob',
    ]);
  });

  it('/nick takes another nick and tells everybody', async () => {
    const ann = await enter('ann');
    const bob = await enter('bob');
    await send(ann, '/nick Bob\n/nick\n/nick anna\nhi\n');
    expect(ann.lines.slice(-3)).toEqual([
      '* Somebody is called Bob already. Try another nick.',
      '* Say which nick you want: /nick NEW',
      '* You are now anna.',
    ]);
    expect(bob.lines.slice(-2)).toEqual(['* ann is now anna', '<anna> hi']);
  });

  it('/nick without a nick yet says how to choose one', async () => {
    const ann = connect();
    await send(ann, '/nick ann\n');
    expect(ann.lines.at(-1)).toBe('* You have no nick yet: type one without /nick.');
  });

  it('/quit says goodbye and leaves with the message, and what follows it is dropped', async () => {
    const ann = await enter('ann');
    const bob = await enter('bob');
    await send(bob, '/quit see you\u001b[2J\nI am gone\n');
    expect(bob.lines.at(-1)).toBe('* Goodbye.');
    expect(bob.writableEnded).toBe(true);
    await send(bob, 'still here?\n');
    expect(ann.lines.at(-1)).toBe('* bob left: see you^[[2J');
  });

  it('/quit works without a nick', async () => {
    const ann = connect();
    await send(ann, '/quit\n');
    expect(ann.lines.at(-1)).toBe('* Goodbye.');
    expect(ann.writableEnded).toBe(true);
  });

  it('/help lists every command', async () => {
    const ann = await enter('ann');
    await send(ann, '/help\n');
    for (const command of ['/who', '/nick NEW', '/quit [message]', '/help']) {
      expect(ann.lines.some((line) => line.startsWith(`* ${command}`))).toBe(true);
    }
  });

  it.each(['/dance', '/constructor', '/', '/\u001b[2J'])(
    '%j is no command, and the room does not hear of it',
    async (line) => {
      const ann = await enter('ann');
      const bob = await enter('bob');
      const before = bob.lines.length;
      await send(ann, `${line}\n`);
      expect(ann.lines.at(-1)).toContain('There is no command');
      expect(ann.received.includes(0x1b)).toBe(false);
      expect(bob.lines).toHaveLength(before);
    },
  );
});

describe('bounds', () => {
  it('an answer to a flood of /who waits until the client reads', async () => {
    const ann = await enter('ann');
    ann.stopReading();
    await send(ann, '/who\n'.repeat(50_000));
    expect(ann.isPaused()).toBe(true);
    expect(ann.queuedBytes).toBeLessThanOrEqual(MAX_REPLY_QUEUE_BYTES + 100);
    while (ann.isPaused() || ann.queuedBytes > 0) await ann.readOn();
    expect(ann.lines.filter((line) => line === '* 1 person here: ann')).toHaveLength(50_000);
  });

  it('a flood from one speaker goes out in batches, and another gets its turn in between', async () => {
    const ann = await enter('ann');
    const bob = await enter('bob');
    const cid = await enter('cid');
    await ann.receive('x\n'.repeat(20_000));
    await bob.receive('may I?\n');
    expect(ann.isPaused()).toBe(true);
    expect(cid.lines.filter((line) => line.startsWith('<')).length).toBe(0);
    scheduler.turn();
    const said = cid.lines.filter((line) => line.startsWith('<'));
    expect(said).toHaveLength(20_001);
    expect(said.indexOf('<bob> may I?')).toBeLessThanOrEqual((2 * MAX_BATCH_CHARS) / 32);
    expect(cid.writes.length).toBeGreaterThan(4);
  });

  it('who stops reading is cut off with a reason; all others get every line in order', async () => {
    const ann = await enter('ann');
    const bob = await enter('bob');
    const stalled = await enter('stalled');
    stalled.stopReading();
    const text = 'y'.repeat(MAX_LINE_BYTES - 10);
    let count = 0;
    while (stalled.resetReason === null && count < 10_000) {
      await send(ann, `${count} ${text}\n`);
      count += 1;
      scheduler.pass(STALLED_AFTER_MS);
    }
    expect(stalled.resetReason).toBe('stopped-reading');
    expect(count * MAX_LINE_BYTES).toBeLessThan(MAX_QUEUED_BYTES + 64 * MAX_LINE_BYTES);
    expect(stalled.queuedBytes).toBeLessThan(MAX_BATCH_CHARS);
    const numbers = bob.lines.filter((line) => line.startsWith('<ann>')).map((line) => Number(line.split(' ')[1]));
    expect(numbers).toEqual(Array.from({ length: count }, (_, index) => index));
    expect(bob.lines.at(-1)).toBe('* stalled was cut off: it stopped reading');
  });

  it('who writes faster than a slow reader reads is told once that the lines wait', async () => {
    const ann = await enter('ann');
    const slow = await enter('slow');
    slow.stopReading();
    const lines = `${'z'.repeat(1_000)}\n`.repeat(2_000);
    await send(ann, lines);
    expect(ann.isPaused()).toBe(true);
    for (let turns = 0; turns < 1_000 && ann.isPaused(); turns += 1) {
      await slow.takeOne();
      scheduler.turn();
    }
    await slow.readOn();
    scheduler.turn();
    expect(ann.lines.filter((line) => line.includes('Your lines wait'))).toHaveLength(1);
    expect(slow.lines.filter((line) => line.startsWith('<ann>'))).toHaveLength(2_000);
    expect(slow.resetReason).toBeNull();
  });
});

describe('closing', () => {
  it('says goodbye to everybody, with a nick and without', async () => {
    const ann = await enter('ann');
    const nobody = connect();
    chat.close?.();
    for (const { lines, writableEnded } of [ann, nobody]) {
      expect(lines.at(-1)).toBe('* The server is closing. Goodbye.');
      expect(writableEnded).toBe(true);
    }
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
        for (const index of said.keys()) people.push(await enter(`p${index}`));
        const left = said.map((lines) => Buffer.from(lines.map((line) => `${line}\n`).join('')));
        const feed = async (index: number, length: number): Promise<void> => {
          await people[index]?.receive(left[index]?.subarray(0, length) ?? '');
          left[index] = left[index]?.subarray(length) ?? Buffer.alloc(0);
        };
        for (const [who, length, turn] of steps) {
          await feed(who % said.length, length);
          if (turn) scheduler.turn();
        }
        for (const index of said.keys()) await feed(index, Number.MAX_SAFE_INTEGER);
        scheduler.turn();
        for (const [listener, person] of people.entries()) {
          for (const [speaker, lines] of said.entries()) {
            const heard = person.lines.filter((line) => line.startsWith(`<p${speaker}> `));
            expect(heard).toEqual(speaker === listener ? [] : lines.map((line) => `<p${speaker}> ${line}`));
          }
          await person.receive('/quit\n');
        }
        scheduler.turn();
      }),
      { numRuns: 60 },
    );
  });
});
