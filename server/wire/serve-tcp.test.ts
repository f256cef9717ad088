import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { Journal } from './journal.ts';
import { LendingSocket } from './lending-socket.ts';
import { type Listening, serveTcp } from './serve-tcp.ts';
import type { Tap } from './tap.ts';

let listening: Listening | null = null;

afterEach(() => listening?.close());

/** A service that greets, and holds two connections at the most. */
async function greeter(): Promise<{ journal: Journal; port: number }> {
  const journal = new Journal();
  const service = { journal, demo: 'test', host: '127.0.0.1', port: 0, maxConnections: 2 };
  listening = await serveTcp({ ...service, connection: (tap) => tap.resume().end('hello') });
  return { journal, port: listening.endpoint.port };
}

/** A client that keeps its own side open. */
function dial(port: number): Socket {
  return connect({ port, host: '127.0.0.1', allowHalfOpen: true });
}

/** All that the server says before its FIN. */
async function heard(client: Socket): Promise<string> {
  let text = '';
  client.on('data', (octets) => {
    text += octets;
  });
  await once(client, 'end');
  return text;
}

describe('serveTcp', () => {
  it('closes a connection above its bound unanswered, and serves again when another has gone', async () => {
    const { journal, port } = await greeter();
    const [first, second] = [dial(port), dial(port)];
    expect(await Promise.all([heard(first), heard(second)])).toEqual(['hello', 'hello']);
    const refused = dial(port);
    expect(await heard(refused)).toBe('');
    first.end();
    await expect.poll(() => journal.conversation(1)?.state).toBe('closed');
    const third = dial(port);
    expect(await heard(third)).toBe('hello');
    for (const client of [second, third, refused]) client.destroy();
  });

  it('has closed every connection when it is closed, and may be closed twice', async () => {
    const { journal, port } = await greeter();
    const client = dial(port);
    await once(client, 'connect');
    await expect.poll(() => journal.conversationCount).toBe(1);
    await listening?.close();
    expect(journal.conversation(1)?.state).toBe('closed');
    await listening?.close();
    client.destroy();
  });
});

describe('LendingSocket', () => {
  it('leaves a server whose connections it cannot have as it is', () => {
    const silent = createServer();
    expect(LendingSocket.acceptFrom(silent, () => expect.unreachable())).toBe(false);
  });

  it('carries every connection of a service, but on Windows', async () => {
    const sockets: Socket[] = [];
    const connection = (tap: Tap): void => void sockets.push(tap.socket);
    listening = await serveTcp({ journal: new Journal(), demo: 'test', host: '127.0.0.1', port: 0, connection });
    const client = dial(listening.endpoint.port);
    await expect.poll(() => sockets.length).toBe(1);
    expect(sockets[0] instanceof LendingSocket).toBe(process.platform !== 'win32');
    client.destroy();
  });
});
