import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { MAX_QUEUED_BYTES } from '../../chat/limits.ts';
import { openSystemChat } from '../../chat/testing/test-chat.ts';
import { heldBufferBytes } from '../testing/held-bytes.ts';
import { type ServedDemo, serveDemo } from '../testing/serve-demo.ts';
import { TcpClient } from '../testing/tcp-client.ts';
import { createChatLines } from './chat-lines.ts';
import { MAX_LINE_BYTES } from './limits.ts';

describe('the chat on real sockets', () => {
  let served: ServedDemo;
  const clients: TcpClient[] = [];

  beforeEach(async () => {
    served = await serveDemo(createChatLines(openSystemChat()));
  });

  afterEach(async () => {
    for (const client of clients.splice(0)) client.close();
    await served.close();
  });

  async function connect(): Promise<TcpClient> {
    const client = await TcpClient.connect(served.tcpPort);
    clients.push(client);
    return client;
  }

  /** All connect first and choose their nicks at the same moment, so that the room has little to tell about it. */
  async function enterMany(nicks: readonly string[]): Promise<TcpClient[]> {
    const people = await Promise.all(nicks.map(connect));
    for (const [index, nick] of nicks.entries()) people[index]?.send(`${nick}\n`);
    await Promise.all(people.map((person) => person.until(() => person.received.includes('* Your own lines'))));
    return people;
  }

  async function enter(nick: string): Promise<TcpClient> {
    const [person] = await enterMany([nick]);
    if (!person) throw new Error('nobody entered');
    return person;
  }

  function names(count: number): string[] {
    return Array.from({ length: count }, (_, index) => `p${index}`);
  }

  it('brings the lines of 500 people to all of them', async () => {
    const people = await enterMany(names(500));
    for (const [index, person] of people.entries()) person.send(`I am ${index}\r\n`);
    await Promise.all(people.map((person) => person.until(() => countOf(person.received, '> I am ') === 499)));
    const [first] = people;
    expect(new Set(first?.lines.filter((line) => line.startsWith('<'))).size).toBe(499);
  });

  it('brings 100 lines of each of 100 people, who write as fast as they can, to all others in order', async () => {
    const people = await enterMany(names(100));
    for (const person of people) {
      person.send(Array.from({ length: 100 }, (_, number) => `line ${number}\n`).join(''));
    }
    await Promise.all(people.map((person) => person.until(() => countOf(person.received, '> line ') === 9_900)));
    const heard = new Map<string, number[]>();
    for (const line of people[7]?.lines ?? []) {
      const [, nick, number] = /^<(\w+)> line (\d+)$/.exec(line) ?? [];
      if (nick) heard.set(nick, [...(heard.get(nick) ?? []), Number(number)]);
    }
    expect(heard.size).toBe(99);
    const inOrder = Array.from({ length: 100 }, (_, number) => number);
    for (const numbers of heard.values()) expect(numbers).toEqual(inOrder);
  });

  it('cuts the one off that stops reading, while all others get every line', async () => {
    const people = await enterMany(names(4));
    const stalled = await enter('stalled');
    stalled.stopReading();
    const [speaker, ...listeners] = people;
    let sent = 0;
    let room = 0;
    while (!served.events().includes('reset to-client stopped-reading') && sent < 100) {
      await speaker?.sendAll(`${'x'.repeat(1_000)}\n`.repeat(1_000));
      sent += 1;
      await Promise.all(listeners.map((person) => person.until(() => person.receivedBytes > sent * 1_000_000)));
      room = Math.max(room, served.connections[4]?.queuedBytes ?? 0);
    }
    expect(room).toBeLessThanOrEqual(MAX_QUEUED_BYTES);
    for (const listener of listeners) {
      // The others may be told in the middle of what is said: the rest of it comes after.
      await listener.until(() => listener.received.includes('* stalled was cut off: it stopped reading'));
      await listener.until(() => countOf(listener.received, '<p0> x') === sent * 1_000);
    }
    await stalled.readOn().over();
  });

  it('takes a line of 10 MB without an end, relays its beginning, and keeps nothing', async () => {
    const ann = await enter('ann');
    const bob = await enter('bob');
    const before = heldBufferBytes();
    const chunk = 'x'.repeat(100_000);
    for (let count = 0; count < 100; count += 1) await ann.sendAll(chunk);
    await ann.line(new RegExp(`longer than ${MAX_LINE_BYTES} octets`));
    ann.send('\nshort\n');
    await bob.line('<ann> short');
    expect(bob.lines.filter((line) => line.startsWith('<ann> x'))).toEqual([`<ann> ${'x'.repeat(MAX_LINE_BYTES)}`]);
    await expect.poll(heldBufferBytes).toBeLessThan(before + 1_000_000);
  });

  it('goes on when a client resets its connection in the middle of a line', async () => {
    const ann = await enter('ann');
    const bob = await enter('bob');
    bob.send('this is not fin');
    await expect.poll(() => served.events().filter((event) => event === 'data to-server')).toHaveLength(3);
    bob.reset();
    await ann.line('* bob left: the connection was lost');
    const cid = await enter('cid');
    ann.send('hello, cid\n');
    await cid.line('<ann> hello, cid');
  });

  it('answers FIN with what is still to say and FIN', async () => {
    const ann = await enter('ann');
    const bob = await TcpClient.connect(served.tcpPort);
    bob.send('bob\nhi\nbye').finish();
    expect(String(await bob.finished())).toContain('* You are bob.');
    await ann.line('* bob left');
    expect(ann.lines.slice(-4)).toEqual(['* bob joined', '<bob> hi', '<bob> bye', '* bob left']);
    bob.close();
  });
});

function countOf(bytes: Buffer, wanted: string): number {
  let count = 0;
  for (let at = bytes.indexOf(wanted); at !== -1; at = bytes.indexOf(wanted, at + 1)) count += 1;
  return count;
}
