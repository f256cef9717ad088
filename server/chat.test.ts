import { once } from 'node:events';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import type { ChatEvent } from '#protocol/chat-event.ts';
import { MAX_CHAT_LINE_BYTES } from '#protocol/chat-limits.ts';
import { TcpClient } from './demos/testing/tcp-client.ts';
import { startTestPlayground, type TestPlayground } from './testing/playground.ts';

let playground: TestPlayground;

beforeAll(async () => {
  playground = await startTestPlayground();
});

afterAll(() => playground.close());

const closers: (() => void)[] = [];

afterEach(() => {
  for (const close of closers.splice(0)) close();
});

/** A browser's end of a WebSocket of the page. */
class PageSocket {
  readonly socket: WebSocket;
  readonly messages: string[] = [];
  #changed: () => void = () => {};

  constructor(path: string, origin = playground.url) {
    this.socket = new WebSocket(`${playground.url.replace('http:', 'ws:')}${path}`, { origin });
    closers.push(() => this.socket.terminate());
    this.socket.on('message', (data) => {
      this.messages.push(String(data));
      this.#changed();
    });
  }

  send(message: object | string): void {
    this.socket.send(typeof message === 'string' ? message : JSON.stringify(message));
  }

  get events(): ChatEvent[] {
    return this.messages.map((text) => JSON.parse(text));
  }

  async until<T>(find: () => T | undefined): Promise<T> {
    for (;;) {
      const found = find();
      if (found !== undefined) return found;
      await new Promise<void>((resolve) => {
        this.#changed = resolve;
      });
    }
  }

  next<T extends ChatEvent['type']>(type: T): Promise<Extract<ChatEvent, { type: T }>> {
    return this.until(() =>
      this.events.findLast((event): event is Extract<ChatEvent, { type: T }> => event.type === type),
    );
  }
}

async function login(user: string): Promise<PageSocket> {
  const page = new PageSocket('/ws/chat');
  await once(page.socket, 'open');
  page.send({ type: 'login', user, password: 'porthole' });
  await page.next('welcome');
  return page;
}

async function line(...lines: string[]): Promise<TcpClient> {
  const client = await TcpClient.connect(playground.address('chat-lines', 'tcp').port);
  closers.push(() => client.close());
  for (const text of lines) client.send(`${text}\n`);
  return client;
}

describe('the chat', () => {
  it('is one room for a browser, a JSON client and a line client', async () => {
    const ann = await line('ann');
    await ann.line(/You are ann/);
    const alice = await login('alice');
    alice.send({ type: 'join', room: '#lobby' });
    await alice.next('joined');
    await ann.line('* alice joined');
    const bob = await TcpClient.connect(playground.address('chat-json', 'tcp').port);
    closers.push(() => bob.close());
    bob.send('{"type":"login","user":"bob","password":"porthole"}\n{"type":"join","room":"#lobby"}\n');
    await ann.line('* bob joined');
    alice.send({ type: 'message', id: 'c1', to: '#lobby', body: 'hello, all' });
    await ann.line('<alice> hello, all');
    await bob.until(() => bob.text.includes('"body":"hello, all"'));
    ann.send('hello, alice\n');
    expect(await alice.next('message')).toMatchObject({ from: 'ann', body: 'hello, alice' });
    await bob.until(() => bob.text.includes('"body":"hello, alice"'));
  });

  it('refuses a WebSocket from a foreign Origin', async () => {
    for (const path of ['/ws/chat', '/ws/chat-lines']) {
      const { socket } = new PageSocket(path, 'http://evil.example');
      socket.on('error', () => {});
      const [, response] = await once(socket, 'unexpected-response');
      response.destroy();
      expect(response.statusCode).toBe(403);
    }
  });

  it('ends a WebSocket whose message is too large or no UTF-8', async () => {
    const large = await login('alice');
    large.send(JSON.stringify({ type: 'ping', id: 'x'.repeat(MAX_CHAT_LINE_BYTES) }));
    expect((await once(large.socket, 'close'))[0]).toBe(1009);
    const binary = await login('alice');
    binary.socket.send(Buffer.from([0xff]), { binary: false });
    expect((await once(binary.socket, 'close'))[0]).toBe(1007);
  });

  it('lets a page speak by lines over a TCP connection of its own, and says from where', async () => {
    const page = new PageSocket('/ws/chat-lines');
    const from = JSON.parse(await page.until(() => page.messages[0]));
    expect(from.port).toBeGreaterThan(0);
    await page.until(() => page.messages.join('').match(/Type a nick/) ?? undefined);
    page.send('webby\n');
    await page.until(() => page.messages.join('').match(/You are webby/) ?? undefined);
    const ann = await line('ann2', '/who');
    await ann.line(/webby/);
    page.socket.close();
    await ann.line('* webby left');
  });
});

describe('files of the chat', () => {
  async function slot(name: string, mime: string, size: number): Promise<string> {
    const alice = await login('alice');
    alice.send({ type: 'upload', name, mime, size });
    return (await alice.next('slot')).put;
  }

  it('are put where the slot says and fetched from there', async () => {
    const url = await slot('cat.png', 'image/png', 4);
    expect(url.startsWith(playground.url)).toBe(true);
    expect((await fetch(url)).status).toBe(404);
    const body = Buffer.from([0x89, 0x50, 0x4e, 0x47]);
    expect((await fetch(url, { method: 'PUT', body, headers: { 'content-type': 'image/png' } })).status).toBe(201);
    const response = await fetch(url);
    expect(Buffer.from(await response.arrayBuffer())).toEqual(body);
    expect(response.headers.get('content-type')).toBe('image/png');
    expect(response.headers.get('content-disposition')).toContain('inline');
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    expect((await fetch(url, { method: 'PUT', body })).status).toBe(409);
  });

  it('can’t act as a page of ours', async () => {
    const url = await slot('page.html', 'text/plain', 3);
    await fetch(url, { method: 'PUT', body: '<p>' });
    const { headers } = await fetch(url);
    expect(headers.get('content-disposition')).toContain('attachment');
    expect(headers.get('content-security-policy')).toBe("default-src 'none'; sandbox");
  });

  it('are refused without a slot, at another length, and from a foreign page', async () => {
    const url = await slot('a.txt', 'text/plain', 3);
    const put = async (to: string, body: string, headers = {}): Promise<number> =>
      (await fetch(to, { method: 'PUT', body, headers })).status;
    expect(await put(`${playground.url}/api/files/nothing/a.txt`, 'abc')).toBe(404);
    expect(await put(url, 'abcd')).toBe(422);
    expect(await put(url, 'abc', { origin: 'http://evil.example' })).toBe(403);
    expect(await put(url, 'x'.repeat(6 * 1024 * 1024))).toBe(413);
    expect(await put(url, 'abc')).toBe(201);
  });
});
