import { createConnection } from 'node:net';
import { describe, expect, it } from 'vitest';
import { MAX_LISTENERS } from '../limits.ts';
import { type Driver, openTerminal, PROMPT } from '../testing/driver.ts';
import { closedPort, echo, hasIpv6 } from '../testing/servers.ts';
import { setStage } from '../testing/stage.ts';

const { own, serve, terminal } = setStage();

describe('nc -l', () => {
  /** A terminal that listens, and the port. */
  async function listening(line: string): Promise<{ shell: Driver; port: number }> {
    const shell = await terminal();
    const port = await closedPort();
    shell.enter(line.replace('PORT', String(port)));
    await shell.until(`Listening on 127.0.0.1 ${port}\n`);
    return { shell, port };
  }

  it('talks with one client, then leaves and listens no more', async () => {
    const { shell, port } = await listening('nc -lv4 PORT');
    const client = createConnection(port, '127.0.0.1');
    client.write('from the client\n');
    await shell.until(/Connection received on 127\.0\.0\.1 \d+\nfrom the client\n/);
    shell.enter('answer');
    await new Promise((resolve) => client.once('data', resolve));
    client.end();
    await shell.until(PROMPT);
    expect(await shell.run(`nc -v 127.0.0.1 ${port}`)).toContain('Connection refused');
    expect(shell.host.observed.map(({ observer }) => observer)).toEqual(['server']);
  });

  it.skipIf(!hasIpv6())('listens on both loopback addresses', async () => {
    const { shell, port } = await listening('nc -lv PORT');
    await shell.until(`Listening on ::1 ${port}\n`);
    const client = createConnection(port, '::1');
    own({ close: () => client.destroy() });
    await shell.until('Connection received on ::1');
  });

  it('with -k serves one client after the other', async () => {
    const { shell, port } = await listening('nc -lkv4 PORT');
    const first = createConnection(port, '127.0.0.1');
    first.write('one\n');
    await shell.until('one\n');
    const second = createConnection(port, '127.0.0.1');
    second.write('two\n');
    first.end();
    await shell.until(/Connection received on 127\.0\.0\.1 \d+\ntwo\n/);
    shell.enter('for the second');
    await new Promise((resolve) => second.once('data', resolve));
    second.end();
    shell.type('\u0003');
    await shell.until(PROMPT);
    expect(await shell.run(`nc -v 127.0.0.1 ${port}`)).toContain('Connection refused');
  });

  it('turns away a second client without -k', async () => {
    const { shell, port } = await listening('nc -lv4 PORT');
    const first = createConnection(port, '127.0.0.1');
    await shell.until('Connection received');
    const second = createConnection(port, '127.0.0.1');
    const code = await new Promise((resolve) => second.once('error', (error) => resolve(Reflect.get(error, 'code'))));
    expect(['ECONNREFUSED', 'ECONNRESET']).toContain(code);
    first.destroy();
    await shell.until(PROMPT);
  });

  it('says when the port is taken', async () => {
    const server = await serve(echo);
    const shell = await terminal();
    expect(await shell.run(`nc -l 127.0.0.1 ${server.port}`)).toBe('nc: Address already in use\n');
  });

  it('is journalled once when another terminal of ours connects', async () => {
    const { shell, port } = await listening('nc -lv4 PORT');
    const other = await openTerminal({ host: shell.host, sessions: shell.sessions });
    other.enter(`nc -v 127.0.0.1 ${port}`);
    await other.until('succeeded!');
    await shell.until('Connection received');
    expect(shell.host.observed.map(({ observer, terminal: number }) => [observer, number])).toEqual([['server', 1]]);
  });

  it('bounds the listeners of all terminals together', async () => {
    const shell = await terminal();
    const others: Driver[] = [shell];
    for (let count = 1; count < MAX_LISTENERS - 1; count += 1) {
      others.push(await openTerminal({ host: shell.host, sessions: shell.sessions }));
    }
    for (const other of others) {
      other.enter(`nc -lv4 ${await closedPort()}`);
      await other.until('Listening');
    }
    shell.type('\u0003');
    await shell.until(PROMPT);
    shell.enter(`nc -lv4 ${await closedPort()}`);
    await shell.until('Listening');
  });

  it('with -u talks with the first that sends', async () => {
    const shell = await terminal();
    const port = await closedPort();
    shell.enter(`nc -luv4 ${port}`);
    await shell.until(`Bound on 127.0.0.1 ${port}\n`);
    const other = await openTerminal({ host: shell.host, sessions: shell.sessions });
    other.enter(`nc -u 127.0.0.1 ${port}`);
    other.enter('ping');
    await shell.until(/Connection received on 127\.0\.0\.1 \d+\nping\n/);
    shell.enter('pong');
    await other.until('pong\n');
  });
});
