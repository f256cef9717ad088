import { describe, expect, it } from 'vitest';
import { readParts } from '../send/send-parts.ts';
import { PROMPT } from '../testing/driver.ts';
import { createFakeEffects } from '../testing/fake-effects.ts';
import { closedPort, echo, startUdpEcho } from '../testing/servers.ts';
import { setStage } from '../testing/stage.ts';

const { own, serve, terminal } = setStage();

function parts(...words: string[]): [number, string][] {
  return readParts(words).map(({ delayMs, octets }) => [delayMs, Buffer.from(octets).toString('hex')]);
}

describe('the parts of send', () => {
  it.each([
    ['text', ['hi'], [[0, '6869']]],
    ['text in UTF-8, with escapes', ['你\\r\\n\\xff'], [[0, 'e4bda00d0aff']]],
    ['hex in words', ['0x68', '65', '6c'], [[0, '68656c']]],
    ['hex in one word', ['0x68656c'], [[0, '68656c']]],
    ['quoted hex', ['0x68 65 6c'], [[0, '68656c']]],
    [
      'two hex parts',
      ['0x68', '0x65'],
      [
        [0, '68'],
        [200, '65'],
      ],
    ],
    [
      'a delay',
      ['a', '--delay', '500', 'b', 'c'],
      [
        [0, '61'],
        [500, '62'],
        [200, '63'],
      ],
    ],
    ['a first delay', ['--delay', '50', 'a'], [[50, '61']]],
    ['a filling', ['--fill', '3'], [[0, '787878']]],
    ['an empty part, for an empty datagram', [''], [[0, '']]],
  ])('are read: %s', (_, words, expected) => {
    expect(parts(...words)).toEqual(expected);
  });

  it.each([
    [['--delay'], '--delay wants a number'],
    [['--delay', 'x', 'a'], '--delay wants a number'],
    [['--delay', '999999', 'a'], '--delay: 60000 at most'],
    [['--fill', '70001'], '--fill: 70000 at most'],
    [Array.from({ length: 65 }, () => 'a'), '64 parts at most'],
  ])('are refused with a sentence', (words, sentence) => {
    expect(() => readParts(words)).toThrow(sentence);
  });
});

describe('send', () => {
  it('writes each part for itself, after its delay', async () => {
    const server = await serve(echo);
    const effects = createFakeEffects();
    const shell = await terminal({ effects });
    shell.enter(`send localhost ${server.port} hel --delay 500 'lo\\n'`);
    await shell.until('sent     3 octets     68 65 6c  hel\n');
    await shell.until('received 3 octets     68 65 6c  hel\n');
    effects.advance(499);
    expect(server.received).toEqual(['hel']);
    effects.advance(1);
    await shell.until('received 3 octets     6c 6f 0a  lo\\n\n');
    effects.advance(1_000);
    await shell.until(PROMPT);
    expect(server.received).toEqual(['hello\n']);
    expect(await shell.run('echo $?')).toBe('0\n');
  });

  it('with -N ends its direction and waits for the peer', async () => {
    const server = await serve((socket) => socket.on('end', () => socket.end('answer')));
    const shell = await terminal({ effects: createFakeEffects() });
    const shown = await shell.run(`send -N localhost ${server.port} question`);
    expect(shown).toMatch(/received 6 octets {5}61 6e 73 77 65 72 {2}answer\n\[the peer closed its direction\]\n$/);
  });

  it('says who refused', async () => {
    const port = await closedPort();
    const shell = await terminal();
    expect(await shell.run(`send localhost ${port} x`)).toBe(
      `send: localhost (127.0.0.1) port ${port} (tcp): Connection refused (ECONNREFUSED)\n`,
    );
    expect(await shell.run('echo $?')).toBe('1\n');
  });

  it('says when the peer resets', async () => {
    const server = await serve((socket) => socket.on('data', () => socket.resetAndDestroy()));
    const shell = await terminal({ effects: createFakeEffects() });
    expect(await shell.run(`send localhost ${server.port} x`)).toContain('[Connection reset by peer (ECONNRESET)]');
  });

  it('makes control octets of the answer visible', async () => {
    const server = await serve((socket) => socket.end('\u001b[31m\r\n'));
    const shell = await terminal({ effects: createFakeEffects() });
    expect(await shell.run(`send -N localhost ${server.port} x`)).toContain('^[[31m\\r\\n\n');
  });

  it('stops at Ctrl-C', async () => {
    const server = await serve(echo);
    const shell = await terminal({ effects: createFakeEffects() });
    shell.enter(`send localhost ${server.port} a --delay 60000 b`);
    await shell.until('received');
    shell.type('\u0003');
    await shell.until(PROMPT);
    await server.closed();
    expect(server.received).toEqual(['a']);
  });

  it('with -u sends datagrams, empty ones too', async () => {
    const server = await startUdpEcho();
    own(server.socket);
    const effects = createFakeEffects();
    const shell = await terminal({ effects });
    shell.enter(`send -u localhost ${server.port} one '' two`);
    await shell.until('received 3 octets     6f 6e 65  one\n');
    effects.advance(200);
    await shell.until('received 0 octets');
    effects.advance(200);
    await shell.until('received 3 octets     74 77 6f  two\n');
    effects.advance(1_000);
    await shell.until(PROMPT);
    expect(server.received).toEqual(['one', '', 'two']);
  });

  it('says EMSGSIZE for a datagram that is one octet too long', async () => {
    const server = await startUdpEcho();
    own(server.socket);
    const effects = createFakeEffects();
    const shell = await terminal({ effects });
    shell.enter(`send -u 127.0.0.1 ${server.port} --fill 65508`);
    await shell.until(`send: 127.0.0.1 port ${server.port} (udp): Message too long (EMSGSIZE)\n`);
    effects.advance(1_000);
    await shell.until(PROMPT);
    expect(await shell.run('echo $?')).toBe('1\n');
    expect(shell.host.failures.map(({ code }) => code)).toEqual(['EMSGSIZE']);
    expect(server.received).toEqual([]);
  });

  it('says ECONNREFUSED when nobody has the port', async () => {
    const port = await closedPort();
    const effects = createFakeEffects();
    const shell = await terminal({ effects });
    shell.enter(`send -u 127.0.0.1 ${port} anybody`);
    await shell.until(`send: 127.0.0.1 port ${port} (udp): Connection refused (ECONNREFUSED)\n`);
    effects.advance(1_000);
    await shell.until(PROMPT);
    expect(shell.host.failures.map(({ code, transport }) => [code, transport])).toEqual([['ECONNREFUSED', 'udp']]);
  });

  it.each([
    ['send', 'say what to send'],
    ['send localhost 7', 'say what to send'],
    ['send -w x localhost 7 a', 'timeout invalid: x'],
    ['send -x localhost 7 a', "invalid option -- 'x'"],
    ['send 192.0.2.1 7 a', 'may not be reached from here'],
  ])('answers %s with a sentence', async (line, sentence) => {
    const shell = await terminal();
    expect(await shell.run(line)).toContain(sentence);
  });
});
