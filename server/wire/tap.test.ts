import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { afterEach, describe, expect, it } from 'vitest';
import { withResolvers } from '../testing/with-resolvers.ts';
import { Journal } from './journal.ts';
import { type Listening, serveTcp } from './serve-tcp.ts';
import type { Tap } from './tap.ts';

const open: { close(): unknown }[] = [];

afterEach(async () => {
  await Promise.all(open.splice(0).map((one) => one.close()));
});

async function served(connection: (tap: Tap) => void): Promise<{ journal: Journal; listening: Listening }> {
  const journal = new Journal();
  const listening = await serveTcp({ journal, demo: 'test', host: '127.0.0.1', port: 0, connection });
  open.push(listening);
  return { journal, listening };
}

async function client(listening: Listening): Promise<Socket> {
  const socket = connect({ port: listening.endpoint.port, host: '127.0.0.1', allowHalfOpen: true });
  open.push({ close: () => socket.destroy() });
  await once(socket, 'connect');
  return socket;
}

/** Connects, and waits until the other end has thrown the connection away, which may be before `connect`. */
async function hungUp(listening: Listening): Promise<void> {
  const socket = connect({ port: listening.endpoint.port, host: '127.0.0.1' });
  socket.on('error', () => {});
  await new Promise((resolve) => socket.once('close', resolve));
}

function kinds(journal: Journal): string[] {
  return Array.from({ length: journal.head }, (_, index) => {
    const event = journal.read(index + 1);
    return `${event?.kind}${event?.direction ? ` ${event.direction}` : ''}${event?.code ? ` ${event.code}` : ''}`;
  });
}

describe('Tap', () => {
  it('records a conversation with a half-close on each side', async () => {
    const closed = withResolvers<void>();
    const { journal, listening } = await served((tap) => {
      tap.on('data', (chunk) => tap.write(chunk));
      tap.on('end', () => tap.end());
      tap.on('close', () => closed.resolve());
    });
    const socket = await client(listening);
    socket.end('hello');
    expect((await buffer(socket)).toString()).toBe('hello');
    await closed.promise;
    expect(kinds(journal)).toEqual([
      'opened to-server',
      'data to-server',
      'data to-client',
      'half-closed to-server',
      'half-closed to-client',
      'closed',
    ]);
  });

  it('records no write of nothing: TCP sends nothing for it', async () => {
    const { journal, listening } = await served((tap) => {
      tap.write('hello');
      tap.write('');
      tap.end(Buffer.alloc(0));
    });
    expect((await buffer(await client(listening))).toString()).toBe('hello');
    expect(kinds(journal).filter((kind) => kind.startsWith('data'))).toEqual(['data to-client']);
  });

  it('records a RST of the client, and the server goes on', async () => {
    const ended = withResolvers<void>();
    const { journal, listening } = await served((tap) => {
      tap.resume();
      tap.once('close', () => ended.resolve());
    });
    const socket = await client(listening);
    socket.resetAndDestroy();
    await ended.promise;
    expect(kinds(journal)).toEqual(['opened to-server', 'reset to-server ECONNRESET']);
  });

  it('records its own RST with its reason', async () => {
    const { journal, listening } = await served((tap) => tap.reset('stopped-reading'));
    await hungUp(listening);
    expect(kinds(journal)).toEqual(['opened to-server', 'reset to-client stopped-reading']);
  });

  it('resets only the connection whose demo throws', async () => {
    const { journal, listening } = await served((tap) => {
      if (journalled === 0) {
        journalled += 1;
        throw new Error('a demo with a bug');
      }
      tap.end('still here');
    });
    let journalled = 0;
    await hungUp(listening);
    expect((await buffer(await client(listening))).toString()).toBe('still here');
    expect(kinds(journal)).toContain('reset to-client demo-failed');
  });

  it('resets only the connection whose reader throws', async () => {
    const { journal, listening } = await served((tap) => {
      tap.on('data', (chunk) => {
        if (String(chunk) === 'trip') throw new Error('a demo with a bug');
        tap.end(chunk);
      });
    });
    const broken = await client(listening);
    broken.on('error', () => {});
    broken.write('trip');
    await new Promise((resolve) => broken.once('close', resolve));
    const other = await client(listening);
    other.write('still here');
    expect((await buffer(other)).toString()).toBe('still here');
    expect(kinds(journal)).toContain('reset to-client demo-failed');
  });

  it('tells its user when the connection has been idle', async () => {
    const idle = withResolvers<void>();
    const { listening } = await served((tap) => tap.setTimeout(1, () => idle.resolve()));
    await client(listening);
    await idle.promise;
  });

  it('does not read before it is read from', async () => {
    const taps: Tap[] = [];
    const accepted = withResolvers<void>();
    const { journal, listening } = await served((tap) => {
      taps.push(tap);
      accepted.resolve();
    });
    const socket = await client(listening);
    await accepted.promise;
    await new Promise<void>((resolve) => socket.write('waits in the kernel', () => resolve()));
    expect(kinds(journal)).toEqual(['opened to-server']);
    const [tap] = taps;
    if (!tap) throw new Error('no connection came');
    const [chunk] = await once(tap, 'data');
    expect(String(chunk)).toBe('waits in the kernel');
  });

  it('stops recording when detached, and the connection lives on', async () => {
    const { journal, listening } = await served((tap) => {
      tap.write('seen ');
      tap.detach();
      tap.end('unseen');
    });
    expect((await buffer(await client(listening))).toString()).toBe('seen unseen');
    expect(kinds(journal)).toEqual(['opened to-server', 'data to-client', 'detached']);
  });

  it('tells a writer to wait while the other end does not read', async () => {
    const waiting = withResolvers<number>();
    const { listening } = await served((tap) => {
      const chunk = Buffer.alloc(64 * 1024);
      while (tap.write(chunk));
      waiting.resolve(tap.queuedBytes);
    });
    const socket = await client(listening);
    socket.pause();
    expect(await waiting.promise).toBeLessThan(1024 * 1024);
  });
});
