import { describe, expect, it } from 'vitest';
import { PROMPT } from '../testing/driver.ts';
import { createFakeEffects } from '../testing/fake-effects.ts';
import { closedPort, startUdpEcho } from '../testing/servers.ts';
import { setStage } from '../testing/stage.ts';

const { own, terminal } = setStage();

describe('nc -u', () => {
  it('sends each line as a datagram of its own', async () => {
    const server = await startUdpEcho();
    own(server.socket);
    const shell = await terminal();
    shell.enter(`nc -uv 127.0.0.1 ${server.port}`);
    await shell.until('UDP knows no connection');
    shell.enter('one');
    await shell.until('one\none\n');
    shell.enter('two');
    await shell.until('two\ntwo\n');
    expect(server.received).toEqual(['one\n', 'two\n']);
  });

  it('says when nobody has the port, and has it journalled', async () => {
    const port = await closedPort();
    const shell = await terminal();
    shell.enter(`nc -u 127.0.0.1 ${port}`);
    shell.enter('anybody');
    await shell.until(`nc: 127.0.0.1 port ${port} (udp): Connection refused\n${PROMPT}`);
    expect(shell.host.failures).toEqual([
      { transport: 'udp', server: { address: '127.0.0.1', port }, code: 'ECONNREFUSED', terminal: 1 },
    ]);
  });

  it('with -z takes silence for success, and ICMP for refusal', async () => {
    const effects = createFakeEffects();
    const server = await startUdpEcho();
    own(server.socket);
    const shell = await terminal({ effects });
    expect(await shell.run(`nc -zuv 127.0.0.1 ${await closedPort()}`)).toContain('Connection refused');
    const received = new Promise((resolve) => server.socket.once('message', resolve));
    shell.enter(`nc -zuv 127.0.0.1 ${server.port}`);
    await received;
    effects.advance(500);
    await shell.until(`Connection to 127.0.0.1 ${server.port} port [udp/*] succeeded!\n`);
    expect(server.received).toEqual(['X']);
  });

  it('names its terminal before the first datagram to a demo of ours', async () => {
    const server = await startUdpEcho();
    own(server.socket);
    const shell = await terminal();
    shell.host.own.add(server.port);
    shell.enter(`nc -u -W 1 127.0.0.1 ${server.port}`);
    shell.enter('x');
    await shell.until(PROMPT);
    expect(shell.host.clients.map(({ transport, terminal: number }) => [transport, number])).toEqual([['udp', 1]]);
  });
});
