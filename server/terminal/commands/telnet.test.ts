import { describe, expect, it } from 'vitest';
import { PROMPT } from '../testing/driver.ts';
import { createFakeEffects } from '../testing/fake-effects.ts';
import { closedPort, echo, hasIpv6 } from '../testing/servers.ts';
import { setStage } from '../testing/stage.ts';

const ESCAPE = '\u001d';
const { serve, terminal, telnet } = setStage();

describe('telnet', () => {
  it('connects, sends lines with CR LF, and shows what comes back', async () => {
    const { server, shell } = await telnet(echo);
    expect(shell.text).toContain('Trying 127.0.0.1...\nConnected to localhost.\n');
    shell.enter('hello');
    await shell.until('hello\nhello\n');
    await server.gets('hello\r\n');
  });

  it('sends nothing by itself', async () => {
    const { server, shell } = await telnet((socket) => socket.on('end', () => socket.end()));
    shell.type(ESCAPE);
    await shell.until('telnet> ');
    shell.enter('quit');
    await shell.until(PROMPT);
    await server.closed();
    expect(server.received).toEqual(['']);
  });

  it('says when the peer closes, with exit code 0', async () => {
    const { shell } = await telnet((socket) => socket.end('bye\r\n'));
    await shell.until(`bye\nConnection closed by foreign host.\n${PROMPT}`);
    expect(await shell.run('echo $?')).toBe('0\n');
  });

  it('says when the peer resets', async () => {
    const { shell } = await telnet((socket) => socket.on('data', () => socket.resetAndDestroy()));
    shell.enter('x');
    await shell.until('Connection closed by foreign host.\n[Connection reset by peer (ECONNRESET)]\n');
  });

  it('says when nobody listens, with exit code 1, and has it journalled', async () => {
    const port = await closedPort();
    const shell = await terminal();
    expect(await shell.run(`telnet localhost ${port}`)).toBe(
      'Trying 127.0.0.1...\ntelnet: Unable to connect to remote host: Connection refused\n',
    );
    expect(await shell.run('echo $?')).toBe('1\n');
    expect(shell.host.failures).toEqual([
      { transport: 'tcp', server: { address: '127.0.0.1', port }, code: 'ECONNREFUSED', terminal: 1 },
    ]);
  });

  it('tries every address of a name in order', async () => {
    const server = await serve(echo);
    const effects = createFakeEffects();
    effects.names.set('both.test', ['::1', '127.0.0.1']);
    const shell = await terminal({ effects });
    shell.enter(`telnet both.test ${server.port}`);
    await shell.until(
      /Trying ::1\.\.\.\ntelnet: connect to address ::1: .+\nTrying 127\.0\.0\.1\.\.\.\nConnected to both\.test\./,
    );
  });

  it.skipIf(!hasIpv6())('speaks IPv6', async () => {
    const server = await serve(echo, '::1');
    const shell = await terminal();
    shell.enter(`telnet ::1 ${server.port}`);
    await shell.until('Trying ::1...\nConnected to ::1.');
  });

  it('is refused where the host says no, with the reason and the flag, and connects to nothing', async () => {
    const effects = createFakeEffects();
    effects.names.set('outside.test', ['192.0.2.1']);
    const shell = await terminal({ effects });
    const shown = await shell.run('telnet outside.test 80');
    expect(shown).toContain(
      'outside.test (192.0.2.1:80) may not be reached from here: only this machine may be reached.',
    );
    expect(shown).toContain('--allow outside.test:80');
    expect(shown).not.toContain('Trying');
    expect(shell.host.failures).toEqual([]);
  });

  it('goes by the checked address even when the name changes its mind', async () => {
    const server = await serve(echo);
    const effects = createFakeEffects();
    effects.names.set('rebind.test', ['127.0.0.1']);
    const lookup = effects.lookup;
    const shell = await terminal({
      effects: {
        ...effects,
        async lookup(name, family) {
          const found = await lookup(name, family);
          effects.names.set('rebind.test', ['192.0.2.1']);
          return found;
        },
      },
    });
    shell.enter(`telnet rebind.test ${server.port}`);
    await shell.until('Connected to rebind.test.');
  });

  it('has the tap watch a foreign server, and not one of ours', async () => {
    const foreign = await serve(echo);
    const ours = await serve(echo);
    const shell = await terminal();
    shell.host.own.add(ours.port);
    for (const { port } of [foreign, ours]) {
      shell.enter(`telnet 127.0.0.1 ${port}`);
      await shell.until("'^]'.\n");
      shell.type('\u0003');
      await shell.until(PROMPT);
    }
    expect(shell.host.observed.map(({ observer, terminal: number }) => [observer, number])).toEqual([['client', 1]]);
    expect(shell.host.clients.map(({ server }) => server.port)).toEqual([ours.port]);
  });

  it('makes escape sequences of the peer visible', async () => {
    const { shell } = await telnet((socket) => socket.write('\u001b]0;owned\u0007\u001b[2Jx\n'));
    await shell.until('^[]0;owned^G^[[2Jx\n');
    expect(shell.raw).not.toContain('\u001b]0;');
  });

  it('answers negotiation, keeps it off the screen, and goes to character mode when asked', async () => {
    const { server, shell } = await telnet((socket) => {
      // IAC WILL ECHO, IAC WILL SGA, IAC DO TERMINAL-TYPE, A, IAC IAC, B
      socket.write(Buffer.from([255, 251, 1, 255, 251, 3, 255, 253, 24, 0x41, 255, 255, 0x42, 10]));
    });
    await shell.until('A\\xffB\n');
    shell.type('q');
    shell.type('\r');
    shell.type('\u0003');
    shell.type(ESCAPE);
    await shell.until('telnet> ');
    shell.enter('status');
    await shell.until('Operating in single character mode\nRemote character echo\n');
    // IAC DO ECHO, IAC DO SGA, IAC WONT TERMINAL-TYPE, then the keys, Enter as CR NUL
    await server.gets('\xff\xfd\x01\xff\xfd\x03\xff\xfc\x18q\r\0\x03');
  });

  it('echoes no password while the peer echoes, in line mode', async () => {
    const { server, shell } = await telnet((socket) => socket.write(Buffer.from([255, 251, 1, 0x3f, 10])));
    await shell.until('?\n');
    shell.enter('secret');
    shell.type(ESCAPE);
    await shell.until('telnet> ');
    expect(shell.text).not.toContain('secret');
    await server.gets('\xff\xfd\x01secret\r\n');
  });

  it('doubles the octet 255 of what is typed', async () => {
    const server = await serve(echo);
    const shell = await terminal();
    expect(await shell.run(`printf 'a\\xffb\\n' | telnet 127.0.0.1 ${server.port}`)).toContain('a\\xffb');
    await server.gets('a\xff\xffb\r\n');
  });

  it('sends what is piped into it, waits for the answer, and shows it', async () => {
    const server = await serve((socket) => {
      socket.on('end', () => socket.end('answer\r\n'));
    });
    const shell = await terminal();
    const shown = await shell.run(`printf 'GET / HTTP/1.0\\r\\n\\r\\n' | telnet 127.0.0.1 ${server.port}`);
    expect(shown).toMatch(/answer\nConnection closed by foreign host\.\n$/);
    await server.gets('GET / HTTP/1.0\r\n\r\n');
  });

  it('sends the octet 4 for Ctrl-D on an empty line', async () => {
    const { server, shell } = await telnet(echo);
    shell.type('\u0004');
    await shell.until('^D');
    await server.gets('\x04');
  });

  it('ends with Ctrl-C, closing the connection', async () => {
    const { server, shell } = await telnet(echo);
    shell.type('half\u0003');
    await shell.until(`half^C\n${PROMPT}`);
    await server.closed();
    expect(await shell.run('echo $?')).toBe('130\n');
  });

  it.each([
    ['telnet localhost abc', 'telnet: port number invalid: abc'],
    ['telnet localhost 99999', 'telnet: port number too large: 99999'],
    ['telnet a b c', 'telnet: too many words'],
    ['telnet -x localhost', "telnet: invalid option -- 'x'"],
    ['telnet no.such.invalid 80', 'telnet: no.such.invalid: Name or service not known'],
    ['telnet -6 127.0.0.1 80', 'telnet: 127.0.0.1: no IPv6 address'],
  ])('answers %s with a sentence', async (line, sentence) => {
    const effects = createFakeEffects();
    const shell = await terminal({
      effects: {
        ...effects,
        lookup: (name, family) =>
          name.endsWith('.invalid')
            ? Promise.reject(Object.assign(new Error('not found'), { code: 'ENOTFOUND' }))
            : effects.lookup(name, family),
      },
    });
    expect(await shell.run(line)).toContain(sentence);
    expect(await shell.run('echo $?')).toBe('1\n');
  });
});
