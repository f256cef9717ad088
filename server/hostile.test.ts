import { on, once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { MAX_CLIENT_MESSAGE_BYTES } from '#protocol/limits.ts';
import { CONTRACT_VERSION } from '#protocol/version.ts';
import { startTestPlayground, type TestPlayground } from './testing/playground.ts';

let playground: TestPlayground;

beforeAll(async () => {
  playground = await startTestPlayground();
});

afterAll(() => playground.close());

async function expectStillServing(): Promise<void> {
  expect(await (await fetch(`${playground.url}/api/health`)).json()).toEqual({ ok: true });
  const socket = connect({ ...target('echo'), allowHalfOpen: true });
  socket.end('still here');
  expect(await text(socket)).toBe('still here');
}

function target(id: string): { host: string; port: number } {
  const { address, port } = playground.address(id, 'tcp');
  return { host: address, port };
}

/** Sends octets to the page's server as they are, and gives all that comes back. */
async function raw(request: string): Promise<string> {
  const { port } = new URL(playground.url);
  const socket = connect({ host: '127.0.0.1', port: Number(port) });
  socket.write(request);
  return text(socket);
}

function pageSocket(path: string, options: { origin?: string; host?: string } = {}): WebSocket {
  const url = playground.url.replace('http:', 'ws:');
  const headers = options.host ? { host: options.host } : {};
  return new WebSocket(`${url}${path}`, { headers, origin: options.origin ?? playground.url });
}

/** Status of the answer to an upgrade that is refused. */
async function refusedStatus(socket: WebSocket): Promise<number | undefined> {
  socket.on('error', () => {});
  const [, response] = await once(socket, 'unexpected-response');
  response.destroy();
  return response.statusCode;
}

describe('the gateway', () => {
  it('refuses a WebSocket from a foreign Origin', async () => {
    expect(await refusedStatus(pageSocket('/ws/wire', { origin: 'http://evil.example' }))).toBe(403);
    expect(await refusedStatus(pageSocket('/ws/terminal', { origin: 'http://localhost:1' }))).toBe(403);
    expect(await refusedStatus(pageSocket('/xmpp-websocket', { origin: 'http://evil.example' }))).toBe(403);
    await expectStillServing();
  });

  it('refuses a WebSocket and a request with a foreign Host', async () => {
    expect(await refusedStatus(pageSocket('/ws/wire', { host: 'evil.example' }))).toBe(403);
    const answer = await raw('GET /api/demos HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n');
    expect(answer).toContain('403 Forbidden');
    expect(answer).toContain('"foreign-host"');
    await expectStillServing();
  });

  it('answers 400 to a request and to a WebSocket with two Hosts, one that is none, or none', async () => {
    const upgrade = 'Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==';
    for (const hosts of ['Host: localhost\r\nhost: evil.example\r\n', 'Host: local host\r\n', '']) {
      const [plain, webSocket] = await Promise.all([
        raw(`GET /api/health HTTP/1.1\r\n${hosts}Connection: close\r\n\r\n`),
        raw(`GET /ws/wire HTTP/1.1\r\n${hosts}Connection: Upgrade\r\n${upgrade}\r\n\r\n`),
      ]);
      for (const answer of [plain, webSocket]) expect(answer).toMatch(/^HTTP\/1\.1 400 .*"code":"bad-host"/s);
    }
    await expectStillServing();
  });

  it('has no WebSocket but its own, and no other upgrade', async () => {
    const h2c = 'Host: localhost\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABk';
    expect(await raw(`GET / HTTP/1.1\r\n${h2c}\r\n\r\n`)).toMatch(/^HTTP\/1\.1 200 .*<title>Porthole/s);
    expect(await refusedStatus(pageSocket('/ws/other'))).toBe(404);
  });

  it.each(['/../', '/assets/../../', '/%2e%2e/', '/.%2E/', '/..%5c', '/..%2f', '/%252e%252e/', '/..;/'])(
    'serves nothing outside the page: %ssecret.txt',
    async (way) => {
      await writeFile(join(playground.dataFolder, 'secret.txt'), 'a secret');
      const answer = await raw(`GET ${way}secret.txt HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`);
      expect(answer).toMatch(/^HTTP\/1\.1 40[34] .*"code":"(outside|not-found)"/s);
      expect(answer).not.toContain('a secret');
      await expectStillServing();
    },
  );

  it.each([
    ['GET /%zz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n', 400, 'bad-address'],
    ['GET /%00 HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n', 400, 'bad-address'],
    ['hello, who is there?\r\n\r\n', 400, 'no-http'],
    [`GET / HTTP/1.1\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`, 431, 'too-long'],
  ])('says what is wrong with %j', async (request, status, code) => {
    const answer = await raw(request);
    expect(answer).toMatch(new RegExp(`^HTTP/1\\.1 ${status} .*"code":"${code}","message":"[^"]{30,}"`, 's'));
    await expectStillServing();
  });

  it('sends a policy that lets no inline script run, and no CORS header', async () => {
    const { headers } = await fetch(playground.url, { headers: { accept: 'text/html' } });
    const policy = headers.get('content-security-policy') ?? '';
    expect(policy).toContain("script-src 'self'");
    expect(policy).not.toMatch(/script-src[^;]*unsafe/);
    expect(policy).not.toContain('upgrade-insecure-requests');
    expect(headers.get('access-control-allow-origin')).toBeNull();
    expect(headers.get('x-content-type-options')).toBe('nosniff');
  });

  it('closes a WebSocket that sends an oversize frame', async () => {
    const socket = pageSocket('/ws/wire');
    await once(socket, 'open');
    socket.send('x'.repeat(MAX_CLIENT_MESSAGE_BYTES + 1));
    const [code] = await once(socket, 'close');
    expect(code).toBe(1009);
    await expectStillServing();
  });

  it.each(['{"type":', '[]', '{"type":"nonsense"}', '{"type":"payload","seq":-1}', '{"type":"hello","version":"1"}'])(
    'answers malformed JSON with an error and goes on: %s',
    async (message) => {
      const socket = pageSocket('/ws/wire');
      await once(socket, 'open');
      socket.send(message);
      expect(await nextMessage(socket)).toMatchObject({ type: 'error', code: 'malformed-message' });
      socket.send(JSON.stringify({ type: 'hello', version: CONTRACT_VERSION }));
      expect(await nextMessage(socket)).toMatchObject({ type: 'welcome' });
      socket.close();
    },
  );

  it('refuses progress that is none, or too large', async () => {
    const put = (body: string) =>
      fetch(`${playground.url}/api/progress`, {
        method: 'PUT',
        headers: { 'content-type': 'application/json' },
        body,
      });
    expect((await put('{"version":9}')).status).toBe(400);
    expect((await put('{"version":')).status).toBe(400);
    expect((await put(JSON.stringify({ version: 1, lessons: {}, more: 'x'.repeat(400_000) }))).status).toBe(413);
    await expectStillServing();
  });
});

describe('the demos', () => {
  it('answer a thousand connections opened at once', async () => {
    const sockets = Array.from({ length: 1_000 }, () => connect(target('echo')));
    const answers = await Promise.all(sockets.map((socket, number) => exchange(socket, `number ${number}`)));
    expect(answers).toEqual(sockets.map((_, number) => `number ${number}`));
    for (const socket of sockets) socket.destroy();
    await expectStillServing();
  });

  it('survive clients that reset in the middle of an echo', async () => {
    const resets = Array.from({ length: 50 }, async () => {
      const socket = connect(target('echo'));
      socket.on('error', () => {});
      socket.write(Buffer.alloc(100_000));
      await once(socket, 'data');
      socket.resetAndDestroy();
    });
    await Promise.all(resets);
    await expectStillServing();
  });
});

describe('the journal of a WebSocket of our own', () => {
  it('ends with its 101: it never records itself', async () => {
    const socket = pageSocket('/ws/wire?looked-for');
    await once(socket, 'open');
    const own = conversationOf(socket, 'GET /ws/wire?looked-for');
    socket.send(JSON.stringify({ type: 'hello', version: CONTRACT_VERSION }));
    const events = await own;
    expect(events.map((event) => event.kind)).toEqual(['opened', 'data', 'data', 'detached']);
    expect(textOf(events[2])).toContain('101 Switching Protocols');
    socket.close();
  });
});

interface Seen {
  readonly conversation: number;
  readonly kind: string;
  readonly preview: string;
}

function textOf(event: Seen | undefined): string {
  return Buffer.from(event?.preview ?? '', 'base64').toString();
}

/** The events of the conversation that began with these words, up to the one that ends its record. */
async function conversationOf(socket: WebSocket, beginning: string): Promise<Seen[]> {
  const events: Seen[] = [];
  for await (const [data] of on(socket, 'message')) {
    events.push(...(JSON.parse(String(data)).events ?? []));
    const first = events.find((event) => textOf(event).startsWith(beginning));
    const own = events.filter((event) => event.conversation === first?.conversation);
    if (own.at(-1)?.kind === 'detached') return own;
  }
  throw new Error('the WebSocket ended');
}

async function exchange(socket: Socket, line: string): Promise<string> {
  socket.write(line);
  const [data] = await once(socket, 'data');
  return String(data);
}

async function nextMessage(socket: WebSocket): Promise<unknown> {
  const [data] = await once(socket, 'message');
  return JSON.parse(String(data));
}
