/** The service on a real socket, and people who use it. */
import { once } from 'node:events';
import { onTestFinished } from 'vitest';
import WebSocket from 'ws';
import type { Chat } from '../../../chat/chat.ts';
import { openTestChat, type TestChat } from '../../../chat/testing/test-chat.ts';
import { serveDemo } from '../../testing/serve-demo.ts';
import { createHostedIm } from '../hosted-im.ts';

const APP = { grant_type: 'client_credentials', client_id: 'harbour-server', client_secret: 'porthole' };

/** What a call came to. */
export interface Reply {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers whose shape they assert
  readonly body: any;
  readonly headers: Headers;
}

/** A running service as a test uses it. */
class Hosted {
  readonly chat: Chat;
  readonly time: TestChat;
  readonly port: number;

  constructor(time: TestChat, port: number) {
    this.time = time;
    this.chat = time.chat;
    this.port = port;
  }

  /** Calls `/v1/apps/harbour…`. */
  async call(method: string, path: string, options: { token?: string; body?: unknown } = {}): Promise<Reply> {
    const isBuffer = Buffer.isBuffer(options.body);
    const response = await fetch(`http://127.0.0.1:${this.port}/v1/apps/harbour${path}`, {
      method,
      headers: {
        ...(options.body === undefined ? {} : { 'content-type': isBuffer ? 'image/png' : 'application/json' }),
        ...(options.token === undefined ? {} : { authorization: `Bearer ${options.token}` }),
      },
      ...(options.body === undefined
        ? {}
        : { body: isBuffer ? new Uint8Array(options.body as Buffer) : JSON.stringify(options.body) }),
    });
    const text = await response.text();
    return { status: response.status, body: text === '' ? null : JSON.parse(text), headers: response.headers };
  }

  /** A token of the app's own server. */
  async appToken(): Promise<string> {
    return (await this.call('POST', '/token', { body: APP })).body.access_token;
  }

  /** A token of a user. */
  async token(username: string, ttl = 3600): Promise<string> {
    const body = { grant_type: 'password', username, password: 'porthole', ttl };
    return (await this.call('POST', '/token', { body })).body.access_token;
  }

  /** A user's WebSocket; the welcome has been read. */
  async connect(username: string, token?: string): Promise<Client> {
    const client = new Client(this.port, token ?? (await this.token(username)));
    await client.hears('welcome');
    return client;
  }

  /** Lets time pass: the clock's and the timers'. */
  passes(ms: number): void {
    this.time.nowMs += ms;
    this.time.scheduler.pass(ms);
  }
}

/** Events over a WebSocket. */
class Client {
  // biome-ignore lint/suspicious/noExplicitAny: tests look into events whose shape they assert
  readonly events: any[] = [];
  closed: { readonly code: number; readonly reason: string } | null = null;
  readonly #socket: WebSocket;
  #changed: (() => void)[] = [];

  constructor(port: number, token: string) {
    this.#socket = new WebSocket(`ws://127.0.0.1:${port}/v1/apps/harbour/ws?token=${token}`);
    this.#socket.on('message', (data) => {
      this.events.push(JSON.parse(String(data)));
      this.#change();
    });
    this.#socket.on('close', (code, reason) => {
      this.closed = { code, reason: String(reason) };
      this.#change();
    });
    onTestFinished(() => this.#socket.terminate());
  }

  async asks(request: object): Promise<void> {
    this.#socket.send(JSON.stringify(request));
  }

  /** Sends text as it is. */
  sends(text: string): void {
    this.#socket.send(text);
  }

  /** The first event of this name, as soon as it is there; it is taken. */
  // biome-ignore lint/suspicious/noExplicitAny: see events
  async hears(event: string): Promise<any> {
    for (;;) {
      const at = this.events.findIndex((each) => each.event === event);
      if (at >= 0) return this.events.splice(at, 1)[0];
      if (this.closed) throw new Error(`closed by ${this.closed.code} before ${event}`);
      await this.#next();
    }
  }

  async ends(): Promise<{ code: number; reason: string }> {
    while (!this.closed) await this.#next();
    return this.closed;
  }

  async hangsUp(): Promise<void> {
    this.#socket.close();
    if (!this.closed) await once(this.#socket, 'close');
  }

  #next(): Promise<void> {
    return new Promise((resolve) => this.#changed.push(resolve));
  }

  #change(): void {
    for (const changed of this.#changed.splice(0)) changed();
  }
}

/** Starts one on a free port; it is closed when the test has finished. */
export async function openHosted(): Promise<Hosted> {
  const time = openTestChat();
  const demo = createHostedIm({ chat: time.chat, scheduler: time.scheduler });
  const served = await serveDemo(demo, () => new Date(time.nowMs));
  onTestFinished(() => served.close());
  return new Hosted(time, served.tcpPort);
}
