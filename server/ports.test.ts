import { once } from 'node:events';
import { createServer, type Server } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { listenTogether, type Opener, PortTakenError } from './ports.ts';
import { freePort } from './testing/free-port.ts';

const servers: Server[] = [];

afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

async function listen(port: number): Promise<{ port: number; value: Server; close(): Promise<void> }> {
  const server = createServer().listen(port, '127.0.0.1');
  servers.push(server);
  await once(server, 'listening');
  const address = server.address();
  const got = typeof address === 'object' && address ? address.port : 0;
  return { port: got, value: server, close: () => new Promise((resolve) => server.close(() => resolve())) };
}

const wish = (port: number, named: boolean) => ({ port, named, what: 'echo', option: '--demo-port echo=PORT' });

describe('listenTogether', () => {
  it('takes another port when the usual one is taken, and says so', async () => {
    const { port } = await listen(0);
    const got = await listenTogether([listen], wish(port, false));
    expect(got.moved).toBe(true);
    expect(got.port).not.toBe(port);
  });

  it('fails clearly when the port was named', async () => {
    const { port } = await listen(0);
    const failure = await listenTogether([listen], wish(port, true)).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(PortTakenError);
    expect(String(failure)).toContain(`Port ${port}, which you named for echo, is taken`);
  });

  it('closes what it opened and tries again when a port is free for one opener and not for the next', async () => {
    let closed = 0;
    const first: Opener<Server> = async (port) => {
      const one = await listen(port);
      const close = async (): Promise<void> => {
        closed += 1;
        await one.close();
      };
      return { ...one, close };
    };
    let refusals = 2;
    const second: Opener<Server> = async (port) => {
      refusals -= 1;
      if (refusals >= 0) throw Object.assign(new Error('taken'), { code: 'EADDRINUSE' });
      return { port, value: createServer(), close: async () => {} };
    };
    const got = await listenTogether([first, second], wish(0, false));
    expect([closed, got.opened.length, got.moved]).toEqual([2, 2, false]);
  });

  it('takes another port at once when its usual one is kept for something else', async () => {
    const port = await freePort();
    const got = await listenTogether([listen], { ...wish(port, false), isKept: true });
    expect(got.moved).toBe(true);
    expect(got.port).not.toBe(port);
  });

  it('says what to do when the address is none of this machine', async () => {
    const broken: Opener<never> = async () => {
      throw Object.assign(new Error('listen EADDRNOTAVAIL'), { code: 'EADDRNOTAVAIL', address: '203.0.113.9' });
    };
    await expect(listenTogether([broken], wish(0, false))).rejects.toMatchObject({
      code: 'no-such-address',
      message: expect.stringMatching(/^203\.0\.113\.9 is no address of this machine\. Leave --host out .*127\.0\.0\.1/),
    });
  });

  it('passes on an error that another port would not mend', async () => {
    const broken: Opener<never> = async () => {
      throw Object.assign(new Error('too many open files'), { code: 'EMFILE' });
    };
    await expect(listenTogether([broken], wish(0, false))).rejects.toHaveProperty('code', 'EMFILE');
  });
});
