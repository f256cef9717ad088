import { createHash } from 'node:crypto';
import { createSocket, type Socket as UdpSocket } from 'node:dgram';
import { once } from 'node:events';
import type { Socket } from 'node:net';
import { setImmediate as turn } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { NO_TCP_FAULTS, NO_UDP_FAULTS, type Relay, type RelayRequest } from '#protocol/relay.ts';
import { TcpClient } from './demos/testing/tcp-client.ts';
import { callApi } from './testing/api.ts';
import { freePort } from './testing/free-port.ts';
import { learnerServers } from './testing/learner-server.ts';
import { startTestPlayground, type TestPlayground } from './testing/playground.ts';
import { withResolvers } from './testing/with-resolvers.ts';

let playground: TestPlayground;
const server = learnerServers();
const open: (() => unknown)[] = [];

beforeAll(async () => {
  playground = await startTestPlayground();
});

afterEach(async () => {
  for (const close of open.splice(0).reverse()) await close();
  for (const { id } of await relays()) await call('DELETE', `/api/relays/${id}`);
});

afterAll(() => playground.close());

function call(method: string, path: string, body?: unknown) {
  return callApi(playground.url, method, path, body);
}

async function relays(): Promise<Relay[]> {
  return (await call('GET', '/api/relays')).body.relays;
}

async function relay(request: Partial<RelayRequest> & { to: number }): Promise<Relay & { port: number }> {
  const { to, ...rest } = request;
  const wanted = { transport: 'tcp', port: 0, target: { host: '127.0.0.1', port: to }, ...rest };
  const { status, body } = await call('POST', '/api/relays', wanted);
  expect(status).toBe(200);
  return { ...body, port: body.listens[0].port };
}

async function client(port: number): Promise<TcpClient> {
  const one = await TcpClient.connect(port);
  open.push(() => one.close());
  return one;
}

async function udp(): Promise<UdpSocket> {
  const socket = createSocket('udp4').bind(0, '127.0.0.1');
  open.push(() => socket.close());
  await once(socket, 'listening');
  return socket;
}

/** Waits until what the relay says of itself fits. */
async function until(id: number, met: (relay: Relay) => boolean): Promise<Relay> {
  for (;;) {
    const found = (await relays()).find((one) => one.id === id);
    if (found && met(found)) return found;
    await turn();
  }
}

describe('a TCP relay', () => {
  it('carries a conversation whole, half-close included, and counts it', async () => {
    const { id, port } = await relay({ to: playground.address('echo', 'tcp').port });
    const person = await client(port);
    const sent = Buffer.alloc(3_000_000, 'porthole ');
    void person.sendAll(sent).then(() => person.finish());
    const digest = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');
    expect(digest(await person.finished())).toBe(digest(sent));
    const counted = await until(id, ({ live }) => live === 0);
    expect(counted).toMatchObject({ total: 1, failed: 0 });
    expect([counted.toServer.bytes, counted.toClient.bytes]).toEqual([sent.length, sent.length]);
  });

  it('passes a reset of either end on', async () => {
    let upstream: Socket | undefined;
    const lost = withResolvers<string | undefined>();
    const to = await server((socket) => {
      upstream = socket;
      socket.once('error', (error: NodeJS.ErrnoException) => lost.resolve(error.code));
      socket.resume();
      socket.write('hello');
    });
    const { port } = await relay({ to });
    const first = await client(port);
    await first.until(() => first.text === 'hello');
    first.reset();
    expect(await lost.promise).toBe('ECONNRESET');
    const second = await client(port);
    await second.until(() => second.text === 'hello');
    upstream?.resetAndDestroy();
    await second.closed();
    expect(second.errorCode).toBe('ECONNRESET');
  });

  it('says that its target is down by a reset, and counts it', async () => {
    const { id, port } = await relay({ to: await freePort() });
    const person = await client(port);
    await person.closed();
    expect(person.errorCode).toBe('ECONNRESET');
    expect(await until(id, ({ live }) => live === 0)).toMatchObject({ failed: 1, lastFailure: 'ECONNREFUSED' });
  });

  it('switches faults live and for one direction', async () => {
    const { id, port } = await relay({ to: playground.address('echo', 'tcp').port });
    const person = await client(port);
    person.send('one');
    await person.until(() => person.text === 'one');
    const faults = {
      transport: 'tcp',
      toServer: NO_TCP_FAULTS,
      toClient: { ...NO_TCP_FAULTS, cut: { how: 'half-close', afterBytes: 0 } },
    };
    expect((await call('PUT', `/api/relays/${id}/faults`, faults)).body.faults).toEqual(faults);
    expect((await person.finished()).toString()).toBe('one');
  });

  it('reaches the client with a latency within a tenth of what was asked', async () => {
    const slow = { ...NO_TCP_FAULTS, latencyMs: 150 };
    const faults = { transport: 'tcp' as const, toServer: slow, toClient: slow };
    const { port } = await relay({ to: playground.address('echo', 'tcp').port, faults });
    const person = await client(port);
    // The best of a few: a busy machine is late, but never early.
    let best = Number.POSITIVE_INFINITY;
    for (let round = 0; round < 10 && best >= 330; round += 1) {
      const began = performance.now();
      const before = person.receivedBytes;
      person.send('x');
      await person.until(() => person.receivedBytes > before);
      best = Math.min(best, performance.now() - began);
    }
    expect(best).toBeGreaterThanOrEqual(298);
    expect(best).toBeLessThan(330);
  });
});

describe('a UDP relay', () => {
  it('carries datagrams both ways, each client apart', async () => {
    const { port } = await relay({ transport: 'udp', to: playground.address('echo', 'udp').port });
    const [one, two] = [await udp(), await udp()];
    for (const [socket, text] of [
      [one, 'first'],
      [two, 'second'],
      [one, ''],
    ] as const) {
      socket.send(text, port, '127.0.0.1');
      const [answer] = await once(socket, 'message');
      expect(answer.toString()).toBe(text);
    }
  });

  it('loses what it is told to lose', async () => {
    const faults = {
      transport: 'udp' as const,
      toServer: { ...NO_UDP_FAULTS, lossRate: 1 },
      toClient: NO_UDP_FAULTS,
    };
    const { id, port } = await relay({ transport: 'udp', to: playground.address('echo', 'udp').port, faults });
    (await udp()).send('lost', port, '127.0.0.1');
    const { toServer, toClient } = await until(id, (now) => now.toServer.droppedPieces === 1);
    expect([toServer.pieces, toClient.pieces]).toEqual([0, 0]);
  });

  it('tells of an ICMP error of its target', async () => {
    const { id, port } = await relay({ transport: 'udp', to: await freePort() });
    (await udp()).send('anybody?', port, '127.0.0.1');
    expect(await until(id, ({ failed }) => failed > 0)).toMatchObject({ lastFailure: 'ECONNREFUSED' });
  });
});

describe('the relay API', () => {
  it.each([
    ['another machine', { target: { host: '192.0.2.1', port: 80 } }, 403, 'not-allowed'],
    ['a name without address', { target: { host: 'no-such-host.invalid', port: 80 } }, 422, 'unknown-target'],
    ['itself', { port: 4_000, target: { host: 'localhost', port: 4_000 } }, 403, 'leads-to-relay'],
    ['a port that is none', { target: { host: 'localhost', port: 0 } }, 400, 'malformed-relay'],
    ['an absurd latency', { faults: { transport: 'tcp', toServer: {}, toClient: {} } }, 400, 'malformed-relay'],
  ])('refuses %s with a reason', async (_what, part, status, code) => {
    const request = { transport: 'tcp', port: 0, target: { host: 'localhost', port: 9 }, ...part };
    const refused = await call('POST', '/api/relays', request);
    expect(refused.status).toBe(status);
    expect(refused.body).toMatchObject({ code, message: expect.stringMatching(/[.?]$|--allow/) });
  });

  it('refuses to lead to the page, whose traffic would feed its own journal, and to another relay', async () => {
    const page = Number(new URL(playground.url).port);
    const { port } = await relay({ to: 9 });
    for (const [to, code] of [
      [page, 'leads-to-page'],
      [port, 'leads-to-relay'],
    ] as const) {
      const target = { host: 'localhost', port: to };
      expect(await call('POST', '/api/relays', { transport: 'tcp', port: 0, target })).toMatchObject({
        status: 403,
        body: { code },
      });
    }
  });

  it('says so when the port is taken', async () => {
    const { port } = playground.address('echo', 'tcp');
    const target = { host: 'localhost', port: 9 };
    expect(await call('POST', '/api/relays', { transport: 'tcp', port, target })).toMatchObject({
      status: 409,
      body: { code: 'port-taken' },
    });
  });

  it('forgets a relay that was stopped, and frees its port', async () => {
    const { id, port } = await relay({ to: playground.address('echo', 'tcp').port });
    expect((await call('DELETE', `/api/relays/${id}`)).status).toBe(204);
    expect((await call('DELETE', `/api/relays/${id}`)).status).toBe(404);
    expect(await relays()).toEqual([]);
    await expect(TcpClient.connect(port)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  });
});
