import { describe, expect, it } from 'vitest';
import { parseCommandLine } from './config.ts';
import { UsageError } from './read-options.ts';

function config(...args: string[]) {
  const command = parseCommandLine(args);
  if (command.type !== 'run') throw new Error(`expected to run, got ${command.type}`);
  return command.config;
}

describe('parseCommandLine', () => {
  it('stays on loopback, at port 7070, and opens a browser unless told otherwise', () => {
    expect(config()).toMatchObject({ host: null, port: { port: 7070, named: false }, openBrowser: true });
    expect(config('--no-open').openBrowser).toBe(false);
    expect(config('--json').openBrowser).toBe(false);
  });

  it('knows a port that was named from one that was not', () => {
    expect(config('--port', '7070').port).toEqual({ port: 7070, named: true });
    expect(config('--ports', 'auto').port).toEqual({ port: 0, named: false });
  });

  it('reads demo ports and allowed targets, IPv6 in brackets', () => {
    const read = config('--demo-port', 'echo=9007', '--demo-port', 'chat-lines=0', '--allow', '[2001:DB8::1]:80');
    expect([...read.demoPorts]).toEqual([
      ['echo', 9007],
      ['chat-lines', 0],
    ]);
    expect([...read.allow]).toEqual(['2001:db8::1 80']);
  });

  it('reads a relay, UDP and seed included', () => {
    expect(config().relays).toEqual([]);
    expect(config('tap', '9000', '--to', 'localhost:8080').relays).toEqual([
      { transport: 'tcp', port: 9000, target: { host: 'localhost', port: 8080 } },
    ]);
    expect(config('tap', '0', '--to', '[::1]:53', '--udp', '--seed', '7', '--no-open').relays).toEqual([
      { transport: 'udp', port: 0, target: { host: '::1', port: 53 }, seed: 7 },
    ]);
  });

  it('writes the secrets of TLS nowhere unless it is told where', () => {
    expect(config().keyLogFile).toBeNull();
    expect(config('--keylog', 'keys.txt').keyLogFile).toBe('keys.txt');
  });

  it('lets XMPP test scripts in on loopback only, and leads to another server when told so', () => {
    expect(config()).toMatchObject({ xmppTest: false, xmppUpstream: null });
    expect(config('--xmpp-test').xmppTest).toBe(true);
    expect(config('--xmpp-test', '--host', '127.0.0.1').xmppTest).toBe(true);
    expect(config('--xmpp-upstream', 'localhost:5269').xmppUpstream).toEqual({ host: 'localhost', port: 5269 });
  });

  it('opens no browser for a program that reads its output', () => {
    expect(config('--json').openBrowser).toBe(false);
  });

  it.each([
    [['--port', '65536'], '--port takes a port'],
    [['--port', '7e3'], '--port takes a port'],
    [['--ports', 'all'], '--ports takes only: auto'],
    [['--host', 'example.org'], '--host takes an IP address'],
    [['--demo-port', 'echo'], '--demo-port takes ID=PORT'],
    [['--allow', 'example.org'], '--allow takes HOST:PORT'],
    [['--allow', 'example.org:99999'], '--allow takes a port'],
    [['--prot', '80'], 'There is no option --prot.\nporthole --help lists the options.'],
    [['-x'], 'There is no option -x'],
    [['--port', '-1'], '--port takes a value, and -1 looks like an option'],
    [['--port=-1'], '--port takes a port from 0 to 65535, not "-1"'],
    [['--data', '--json'], '--data takes a value, and --json looks like an option'],
    [['--data='], '--data takes the name of a folder'],
    [['--port'], '--port takes a value'],
    [['--json=1'], '--json takes no value'],
    [['--demo-port', 'echo=9000', '--demo-port', 'discard=9000'], 'Port 9000 is named for echo and for discard'],
    [['--port', '9000', '--demo-port', 'echo=9000'], 'Port 9000 is named for the page and for echo'],
    [['tap', '9000', '--to', 'localhost:80', '--port', '9000'], 'Port 9000 is named for the page and for the relay'],
    [['--keylog', ''], '--keylog takes the name of a file'],
    [['--xmpp-test', '--host', '0.0.0.0'], 'it is for loopback only'],
    [['--xmpp-test', '--xmpp-upstream', 'localhost:5269'], 'with --xmpp-upstream there is none'],
    [['--xmpp-upstream', 'localhost'], '--xmpp-upstream takes HOST:PORT'],
    [['stray'], '--help lists the options'],
    [['tap', '9000'], 'porthole tap PORT --to HOST:PORT'],
    [['tap', '9000', '--to', 'localhost'], '--to takes HOST:PORT'],
    [['tap', 'nine', '--to', 'localhost:80'], 'tap takes a port'],
    [['tap', '9000', '--to', 'localhost:80', '--seed', 'x'], '--seed takes a number'],
    [['--to', 'localhost:80'], 'belong to a relay'],
  ])('says what is wrong with %j', (args, sentence) => {
    expect(() => parseCommandLine(args)).toThrow(UsageError);
    expect(() => parseCommandLine(args)).toThrow(sentence);
  });
});
