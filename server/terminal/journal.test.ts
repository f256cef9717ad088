import { afterEach, describe, expect, it } from 'vitest';
import { terminalWire } from '../terminal-wire.ts';
import { Journal } from '../wire/journal.ts';
import { type Driver, openTerminal, PROMPT } from './testing/driver.ts';
import { createFakeHost } from './testing/fake-host.ts';
import { closedPort, echo, startServer } from './testing/servers.ts';

const open: { close(): unknown }[] = [];
afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});

/** A terminal whose sockets go through the real journal. */
async function journalled(): Promise<{ shell: Driver; kinds(): string[]; journal: Journal }> {
  const journal = new Journal();
  const shell = await openTerminal({ host: { ...createFakeHost(), wire: terminalWire(journal, []) } });
  open.unshift(shell.sessions);
  const kinds = () =>
    Array.from({ length: journal.head }, (_, index) => {
      const event = journal.read(index + 1);
      return [event?.kind, event?.direction, event?.code].filter((word) => word != null).join(' ');
    });
  return { shell, kinds, journal };
}

describe('what the terminal does, in the journal', () => {
  it('is the whole conversation with a server that is not ours', async () => {
    const server = await startServer(echo);
    open.unshift(server);
    const { shell, kinds, journal } = await journalled();
    shell.enter(`nc -vN 127.0.0.1 ${server.port}`);
    await shell.until('succeeded!\n');
    shell.enter('hello');
    await shell.until('hello\nhello\n');
    shell.type('\u0004');
    await shell.until(PROMPT);
    await expect
      .poll(kinds)
      .toEqual([
        'opened to-server',
        'data to-server',
        'data to-client',
        'half-closed to-server',
        'half-closed to-client',
        'closed',
      ]);
    expect(journal.read(1)).toMatchObject({ conversation: 1 });
  });

  it('is a reset, when the peer resets', async () => {
    const server = await startServer((socket) => socket.on('data', () => socket.resetAndDestroy()));
    open.unshift(server);
    const { shell, kinds } = await journalled();
    shell.enter(`telnet 127.0.0.1 ${server.port}`);
    await shell.until("'^]'.\n");
    shell.enter('x');
    await shell.until(`(ECONNRESET)]\n${PROMPT}`);
    await expect.poll(kinds).toEqual(['opened to-server', 'data to-server', 'reset to-client ECONNRESET']);
  });

  it('is the end, when Ctrl-C closes the connection', async () => {
    const server = await startServer(echo);
    open.unshift(server);
    const { shell, kinds } = await journalled();
    shell.enter(`telnet 127.0.0.1 ${server.port}`);
    await shell.until("'^]'.\n");
    shell.type('\u0003');
    await server.closed();
    await shell.until(PROMPT);
    await expect.poll(kinds).toEqual(['opened to-server', 'closed']);
  });

  it('is one conversation when one terminal talks with another', async () => {
    const { shell, kinds } = await journalled();
    const port = await closedPort();
    shell.enter(`nc -lv4 ${port}`);
    await shell.until('Listening');
    const other = await openTerminal({ sessions: shell.sessions });
    other.enter(`nc -vN 127.0.0.1 ${port}`);
    other.enter('hello');
    await shell.until('hello\n');
    other.type('\u0004');
    await shell.until(PROMPT);
    await expect
      .poll(kinds)
      .toEqual(['opened to-server', 'data to-server', 'half-closed to-server', 'half-closed to-client', 'closed']);
  });

  it('is a failure, when nobody listens', async () => {
    const { shell, kinds } = await journalled();
    await shell.run(`telnet 127.0.0.1 ${await closedPort()}`);
    await expect.poll(kinds).toEqual(['failed to-server ECONNREFUSED']);
  });
});
