import { describe, expect, it } from 'vitest';
import { PROMPT } from '../testing/driver.ts';
import { createFakeEffects, type FakeEffects } from '../testing/fake-effects.ts';
import { closedPort, echo, hasIpv6, type startServer } from '../testing/servers.ts';
import { setStage } from '../testing/stage.ts';

const { serve, terminal } = setStage();

/** A terminal that runs nc, as soon as the server has accepted. */
async function talking(line: string, handler: Parameters<typeof startServer>[0] = echo, effects?: FakeEffects) {
  const server = await serve(handler);
  const shell = await terminal(effects === undefined ? {} : { effects });
  shell.enter(line.replace('PORT', String(server.port)));
  await shell.until('succeeded!\n');
  return { server, shell };
}

describe('nc as a client', () => {
  it('carries lines as they are typed, and shows what comes back', async () => {
    const { server, shell } = await talking('nc -v localhost PORT');
    expect(shell.text).toContain(`Connection to localhost (127.0.0.1) ${server.port} port [tcp/*] succeeded!`);
    shell.enter('hello');
    await shell.until('hello\nhello\n');
    expect(server.received).toEqual(['hello\n']);
  });

  it('says who refused, also without -v, with exit code 1', async () => {
    const port = await closedPort();
    const shell = await terminal();
    expect(await shell.run(`nc localhost ${port}`)).toBe(
      `nc: connect to localhost (127.0.0.1) port ${port} (tcp) failed: Connection refused\n`,
    );
    expect(await shell.run('echo $?')).toBe('1\n');
    expect(shell.host.failures).toHaveLength(1);
  });

  it('with -N half-closes at Ctrl-D, and shows what still comes', async () => {
    const { server, shell } = await talking('nc -vN localhost PORT', (socket) => {
      socket.on('end', () => socket.end('last words\n'));
    });
    shell.type('abc\u0004\u0004');
    await shell.until(`last words\n${PROMPT}`);
    expect(server.received).toEqual(['abc']);
    expect(server.ends).toEqual(['fin']);
  });

  it('without -N says nothing to the peer at Ctrl-D, and stays', async () => {
    const { server, shell } = await talking('nc -v localhost PORT');
    shell.type('abc\u0004\u0004');
    await shell.until('abcabc');
    server.sockets[0]?.write('still here\n');
    await shell.until('still here\n');
    expect(server.ends).toEqual([]);
    server.sockets[0]?.end();
    await shell.until(PROMPT);
  });

  it('stays after the peer half-closes, until sending fails', async () => {
    const { server, shell } = await talking('nc -v localhost PORT', (socket) => {
      socket.once('data', () => socket.end('bye\n'));
    });
    shell.enter('one');
    await shell.until('bye\n');
    shell.enter('two');
    await server.gets('one\ntwo\n');
    server.sockets[0]?.resetAndDestroy();
    await server.closed();
    shell.enter('three');
    await shell.until(/\[.+ \((EPIPE|ECONNRESET)\)\]\nporthole/);
  });

  it('ends when the peer resets', async () => {
    const { shell } = await talking('nc -v localhost PORT', (socket) =>
      socket.on('data', () => socket.resetAndDestroy()),
    );
    shell.enter('x');
    await shell.until(`[Connection reset by peer (ECONNRESET)]\n${PROMPT}`);
  });

  it('with -C ends lines in CR LF', async () => {
    const { server, shell } = await talking('nc -vC localhost PORT');
    shell.enter('hello');
    await server.gets('hello\r\n');
  });

  it('sends what is piped into it, octet for octet', async () => {
    const server = await serve(echo);
    const shell = await terminal();
    const shown = await shell.run(`printf 'a\\x00\\xff\\r\\nb' | nc -N 127.0.0.1 ${server.port}`);
    expect(server.received).toEqual(['a\x00\xff\r\nb']);
    expect(shown).toBe('a^@\\xff\nb\n');
  });

  it('with -w leaves after that much silence', async () => {
    const effects = createFakeEffects();
    const { server, shell } = await talking('nc -v -w 3 localhost PORT', echo, effects);
    effects.advance(2_999);
    shell.enter('x');
    await shell.until('x\nx\n');
    effects.advance(2_999);
    expect(server.ends).toEqual([]);
    effects.advance(1);
    await shell.until(PROMPT);
    await server.closed();
    expect(effects.pending).toBe(1);
  });

  it('with -w 0 leaves as soon as nothing comes or goes', async () => {
    const effects = createFakeEffects();
    const { server, shell } = await talking('nc -v -w 0 localhost PORT', echo, effects);
    shell.enter('x');
    await shell.until('x\nx\n');
    effects.advance(0);
    await shell.until(PROMPT);
    await server.closed();
  });

  it('with -q leaves that long after the end of input', async () => {
    const effects = createFakeEffects();
    const { server, shell } = await talking('nc -v -q 2 localhost PORT', () => undefined, effects);
    shell.type('x\u0004\u0004');
    await server.gets('x');
    effects.advance(2_000);
    await shell.until(PROMPT);
  });

  it('with -W leaves after so many pieces', async () => {
    const { shell } = await talking('nc -v -W 1 localhost PORT');
    shell.enter('x');
    await shell.until(PROMPT);
  });

  it('with -p binds that local port', async () => {
    const port = await closedPort();
    const { server } = await talking(`nc -v -p ${port} localhost PORT`);
    expect(server.sockets[0]?.remotePort).toBe(port);
  });

  it('with -z looks at a range of ports, and with -v says each', async () => {
    const server = await serve(() => undefined);
    const shell = await terminal();
    const from = server.port - 1;
    const shown = await shell.run(`nc -zv 127.0.0.1 ${from}-${server.port}`);
    expect(shown).toContain(`nc: connect to 127.0.0.1 port ${from} (tcp) failed: Connection refused\n`);
    expect(shown).toContain(`Connection to 127.0.0.1 ${server.port} port [tcp/*] succeeded!\n`);
    expect(await shell.run('echo $?')).toBe('0\n');
    expect(server.received).toEqual(['']);
  });

  it('with -z and without -v answers by its exit code only', async () => {
    const shell = await terminal();
    expect(await shell.run(`nc -z 127.0.0.1 ${await closedPort()}`)).toBe('');
    expect(await shell.run('echo $?')).toBe('1\n');
  });

  it.skipIf(!hasIpv6())('speaks IPv6 with -6 only', async () => {
    const server = await serve(echo, '::1');
    const effects = createFakeEffects();
    effects.names.set('both.test', ['127.0.0.1', '::1']);
    const shell = await terminal({ effects });
    expect(await shell.run(`nc -4 -zv both.test ${server.port}`)).toContain('Connection refused');
    expect(await shell.run(`nc -6 -zv both.test ${server.port}`)).toContain('both.test (::1)');
    expect(await shell.run(`nc -zv both.test ${server.port}`)).toContain('succeeded!');
  });

  it('makes escape sequences of the peer visible', async () => {
    const { shell } = await talking('nc -v localhost PORT', (socket) => socket.write('\u001b[31mred\u009b2J\n'));
    await shell.until('^[[31mred<U+009B>2J\n');
  });

  it('closes its connection at Ctrl-C', async () => {
    const { server, shell } = await talking('nc -v localhost PORT');
    shell.type('\u0003');
    await shell.until(PROMPT);
    await server.closed();
  });

  it.each([
    ['nc', 'nc: missing port number'],
    ['nc localhost', 'nc: missing port number'],
    ['nc localhost abc', 'nc: port number invalid: abc'],
    ['nc localhost 0', 'nc: port number too small: 0'],
    ['nc localhost 65536', 'nc: port number too large: 65536'],
    ['nc -z localhost 1-2000', 'nc: 1024 ports at most'],
    ['nc -Y', "nc: invalid option -- 'Y'"],
    ['nc -d localhost 80', "nc: invalid option -- 'd'"],
    ['nc -w x localhost 1', 'nc: timeout invalid: x'],
    ['nc -w -1 localhost 1', 'nc: timeout too small: -1'],
    ['nc -w 2147484 localhost 1', 'nc: timeout too large: 2147484'],
    ['nc -q x localhost 1', 'nc: quit timer invalid: x'],
    ['nc -W 0 localhost 1', 'nc: receive limit too small: 0'],
    ['nc -w', "nc: option requires an argument -- 'w'"],
    ['nc -lz 9000', 'nc: cannot use -z and -l'],
    ['nc -k localhost 1', 'nc: must use -l with -k'],
    ['nc -n localhost 1', 'nc: localhost: with -n this has to be an address'],
    ['nc -v 192.0.2.1 80', '192.0.2.1:80 may not be reached from here'],
    ['nc -l 192.0.2.1 9000', '192.0.2.1: this shell listens on loopback only'],
    ['nc -u 192.0.2.1 80', '192.0.2.1:80 may not be reached from here'],
  ])('answers %s with a sentence', async (line, sentence) => {
    const shell = await terminal();
    expect(await shell.run(line)).toContain(sentence);
    expect(await shell.run('echo $?')).toBe('1\n');
  });
});
