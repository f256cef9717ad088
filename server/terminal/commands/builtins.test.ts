import { afterEach, describe, expect, it } from 'vitest';
import type { InterfaceAddress } from '../effects.ts';
import { type Driver, openTerminal } from '../testing/driver.ts';
import { createFakeEffects } from '../testing/fake-effects.ts';
import { createFakeHost } from '../testing/fake-host.ts';
import { COMMANDS } from './commands.ts';

const open: Driver[] = [];
afterEach(() => {
  for (const driver of open.splice(0)) driver.sessions.close();
});

async function terminal(options: Parameters<typeof openTerminal>[0] = {}): Promise<Driver> {
  const driver = await openTerminal(options);
  open.push(driver);
  return driver;
}

describe('every command', () => {
  it.each(COMMANDS.map(({ name }) => name))('%s has --help, a manual, and a line in help', async (name) => {
    const shell = await terminal();
    expect(await shell.run(`${name} --help`)).toMatch(/usage/i);
    const manual = await shell.run(`man ${name}`);
    for (const heading of ['NAME', 'SYNOPSIS', 'DESCRIPTION', 'WHAT DIFFERS FROM THE REAL ONE']) {
      expect(manual).toContain(heading);
    }
    expect(manual.split('\n').filter((line) => line.length > 80)).toEqual([]);
    expect(await shell.run('help')).toContain(`\n  ${name} `);
  });
});

describe('echo and printf', () => {
  it.each([
    ['echo', '\n'],
    ['echo a  b', 'a b\n'],
    ["echo 'a  b'", 'a  b\n'],
    ['echo -n a', 'a\n'],
    ["echo 'a\\tb'", 'a\\tb\n'],
    ["echo -e 'a\\tb'", 'a\tb\n'],
    ["echo -e 'a\\cb'", 'a\n'],
    ['echo -x', '-x\n'],
    ['echo -n -e a', 'a\n'],
    ["printf 'a\\n'", 'a\n'],
    ["printf '%s-%s\\n' a b c", 'a-b\nc-\n'],
    ["printf '%5s|%-5s|%05d\\n' ab cd 42", '   ab|cd   |00042\n'],
    ["printf '%.2s\\n' abcdef", 'ab\n'],
    ["printf '%x %X %o %d\\n' 255 255 8 0x10", 'ff FF 10 16\n'],
    ["printf '%%\\n'", '%\n'],
    ["printf '%b|%s\\n' 'a\\tb' 'a\\tb'", 'a\tb|a\\tb\n'],
    ["printf '%c\\n' 你好", '你\n'],
    ["printf '\\u4f60\\xe5\\xa5\\xbd\\101\\n'", '你好A\n'],
    ["printf '\\033[31m\\n'", '^[[31m\n'],
    ["printf '\\xff\\n'", '\\xff\n'],
    ["printf '%d\\n' abc", 'printf: abc: not a whole number\n'],
    ['printf', 'printf: usage: printf FORMAT [WORD...]\n'],
  ])('%s prints %j', async (line, shown) => {
    const shell = await terminal();
    expect(await shell.run(line)).toBe(shown);
  });
});

describe('the commands about the shell', () => {
  it('history numbers what was entered', async () => {
    const shell = await terminal();
    await shell.run('echo one');
    expect(await shell.run('history')).toBe('    1  echo one\n    2  history\n');
  });

  it('clear clears the screen and what was scrolled off', async () => {
    const shell = await terminal();
    await shell.run('clear');
    expect(shell.raw).toContain('\u001b[H\u001b[2J\u001b[3J');
  });

  it('man and help say what they do not have', async () => {
    const shell = await terminal();
    expect(await shell.run('man ls')).toContain('No manual entry for ls.');
    expect(await shell.run('echo $?')).toBe('16\n');
    expect(await shell.run('man')).toContain('What manual page do you want?');
    expect(await shell.run('help ls')).toContain('no help on ls');
  });

  it('help lists the demos with their real addresses', async () => {
    const host = createFakeHost();
    host.demoList.push(
      { id: 'echo', transport: 'tcp', host: '127.0.0.1', port: 40001 },
      { id: 'echo', transport: 'tcp', host: '::1', port: 40001 },
    );
    const shell = await terminal({ host });
    expect(await shell.run('help')).toContain('  echo TCP  127.0.0.1:40001  [::1]:40001\n');
  });

  it('exit wants a number', async () => {
    const shell = await terminal();
    expect(await shell.run('exit now')).toBe('exit: now: numeric argument required\n');
  });
});

const LO: InterfaceAddress[] = [
  {
    address: '127.0.0.1',
    netmask: '255.0.0.0',
    family: 'IPv4',
    mac: '00:00:00:00:00:00',
    internal: true,
    cidr: '127.0.0.1/8',
  },
  {
    address: '::1',
    netmask: 'ffff::',
    family: 'IPv6',
    mac: '00:00:00:00:00:00',
    internal: true,
    cidr: '::1/128',
    scopeid: 0,
  },
];
const EN: InterfaceAddress[] = [
  {
    address: '192.0.2.7',
    netmask: '255.255.255.0',
    family: 'IPv4',
    mac: '02:00:00:00:00:07',
    internal: false,
    cidr: '192.0.2.7/24',
  },
];

describe('ip', () => {
  const effects = { ...createFakeEffects(), interfaces: () => ({ lo: LO, en0: EN }) };

  it('shows what the system gives, and says what it does not', async () => {
    const shell = await terminal({ effects });
    const shown = await shell.run('ip addr');
    expect(shown).toContain(
      'lo:\n    link/loopback 00:00:00:00:00:00\n    inet 127.0.0.1/8\n    inet6 ::1/128\n' +
        'en0:\n    link/ether 02:00:00:00:00:07\n    inet 192.0.2.7/24\n',
    );
    expect(shown).toContain('[Not given by the system call');
    expect(shown).not.toMatch(/mtu 1500|scope global|state UP/);
  });

  it.each([
    ['ip a', 'en0:'],
    ['ip address show', 'en0:'],
    ['ip -br a', 'lo               127.0.0.1/8 ::1/128\n'],
    ['ip -6 addr', 'lo:\n    link/loopback 00:00:00:00:00:00\n    inet6 ::1/128\n['],
    ['ip addr show dev en0', 'en0:\n    link/ether'],
    ['ip addr show lo', 'lo:\n'],
    ['ip addr show wlan0', 'Device "wlan0" does not exist'],
    ['ip route', 'Object "route" is unknown here'],
    ['ip', 'say what of'],
    ['ip -x addr', 'option "-x" is unknown here'],
  ])('%s answers', async (line, answer) => {
    const shell = await terminal({ effects });
    expect(await shell.run(line)).toContain(answer);
  });
});

describe('ss', () => {
  async function withRows(): Promise<Driver> {
    const host = createFakeHost();
    host.own.add(7007);
    const at = (address: string, port: number) => ({ address, port });
    const queues = { receiveQueue: 0, sendQueue: 0 };
    host.rows.push(
      {
        transport: 'tcp',
        local: at('127.0.0.1', 7007),
        remote: null,
        state: 'LISTEN',
        receiveQueue: 0,
        sendQueue: 511,
      },
      { transport: 'tcp', local: at('::1', 7007), remote: null, state: 'LISTEN', receiveQueue: null, sendQueue: null },
      {
        transport: 'tcp',
        local: at('127.0.0.1', 7007),
        remote: at('127.0.0.1', 50001),
        state: 'ESTABLISHED',
        ...queues,
      },
      { transport: 'tcp', local: at('::1', 50002), remote: at('::1', 7007), state: 'TIME-WAIT', ...queues },
      { transport: 'udp', local: at('127.0.0.1', 7007), remote: null, state: 'UNCONN', ...queues },
    );
    return terminal({ host });
  }

  it.each([
    [
      'ss -tln',
      `State  Recv-Q Send-Q Local Address:Port Peer Address:Port
LISTEN 0      511        127.0.0.1:7007         0.0.0.0:*
LISTEN -      -              [::1]:7007            [::]:*
`,
    ],
    [
      'ss -tn',
      `State Recv-Q Send-Q Local Address:Port Peer Address:Port
ESTAB 0      0          127.0.0.1:7007   127.0.0.1:50001
`,
    ],
    [
      'ss -ua',
      `State  Recv-Q Send-Q Local Address:Port Peer Address:Port
UNCONN 0      0          127.0.0.1:7007         0.0.0.0:*
`,
    ],
    [
      'ss -6a --no-header',
      `tcp LISTEN    - -  [::1]:7007     [::]:*
tcp TIME-WAIT 0 0 [::1]:50002 [::1]:7007
`,
    ],
  ])('%s shows the rows as the real one does', async (line, shown) => {
    expect(await (await withRows()).run(line)).toBe(shown);
  });

  it('names the transport when both are shown', async () => {
    expect(await (await withRows()).run('ss -l')).toMatch(
      /^Netid State {2}Recv-Q[^\n]*\ntcp {3}LISTEN[\s\S]*\nudp {3}UNCONN/,
    );
  });

  it('says when the table cannot be read', async () => {
    const host = createFakeHost();
    const shell = await terminal({
      host: { ...host, sockets: () => Promise.reject(new Error('netstat is not there')) },
    });
    expect(await shell.run('ss')).toBe("ss: this system's socket table cannot be read: netstat is not there\n");
  });

  it('leaves out what is not of Porthole, though the system lists it', async () => {
    const shell = await withRows();
    shell.host.own.clear();
    expect(await shell.run('ss -aH')).toBe('');
  });

  it('says that it knows no filters', async () => {
    expect(await (await withRows()).run('ss state listening')).toContain('filters are not known here');
  });
});
