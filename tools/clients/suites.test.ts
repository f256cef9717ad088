import { describe, expect, it } from 'vitest';
import { isNodeSupported } from '../run/node-version.js';
import { howToInstall } from './advice.js';
import type { Clients } from './find.js';
import { suiteNeeds } from './suites.js';

const everything: Clients = {
  chromium: '/usr/bin/chromium',
  telnet: '/usr/bin/telnet',
  nc: '/usr/bin/nc',
  ncat: '/usr/bin/ncat',
  socat: '/usr/bin/socat',
  curl: '/usr/bin/curl',
  python3: '/usr/bin/python3',
  openssl: '/usr/bin/openssl',
  tcpdump: '/usr/bin/tcpdump',
  tshark: '/usr/bin/tshark',
  cc: '/usr/bin/cc',
  ip: '/usr/sbin/ip',
  ping: '/usr/bin/ping',
  tmux: '/usr/bin/tmux',
  prosody: '/usr/bin/prosody',
  profanity: '/usr/bin/profanity',
  sendxmpp: '/usr/bin/sendxmpp',
  slixmpp: '/usr/lib/python3/dist-packages/slixmpp',
  aioxmpp: '/usr/lib/python3/dist-packages/aioxmpp',
  pytest: '/usr/lib/python3/dist-packages/pytest',
  aioTests: '.cache/clients/aioxmpp-0.13.3',
  ncKind: 'openbsd',
  noNamespace: null,
};

const needsOf = (clients: Clients, platform: NodeJS.Platform) => {
  const [clientsSuite, kernel, e2e, xmpp, aioxmpp] = suiteNeeds(clients, platform);
  return { clients: clientsSuite, kernel, e2e, xmpp, aioxmpp };
};

describe('suiteNeeds', () => {
  it('leaves nothing out where everything is there', () => {
    const { clients, e2e, xmpp } = needsOf(everything, 'linux');
    expect([clients?.missing, e2e?.missing, xmpp?.missing]).toEqual([[], [], []]);
  });

  it('asks for the XMPP clients where Debian has them, and only there', () => {
    const without = { ...everything, prosody: null, aioxmpp: null };
    expect(needsOf(without, 'linux').xmpp?.missing).toEqual(['prosody', 'aioxmpp']);
    expect(needsOf(without, 'darwin').xmpp).toMatchObject({ missing: [], notHere: expect.stringContaining('Debian') });
  });

  it('leaves only the tests of aioxmpp out where they could not be fetched', () => {
    const { xmpp, aioxmpp } = needsOf({ ...everything, aioTests: null }, 'linux');
    expect([xmpp?.missing, aioxmpp?.missing]).toEqual([[], ['aioTests']]);
  });

  it('asks for the OpenBSD netcat where nc is another one', () => {
    expect(needsOf({ ...everything, ncKind: 'traditional' }, 'linux').clients?.missing).toEqual(['nc']);
  });

  it('takes the netcat that macOS has', () => {
    expect(needsOf({ ...everything, ncKind: 'apple' }, 'darwin').clients?.missing).toEqual([]);
  });

  it('asks for the clients of the kernel suite only where it can run', () => {
    const without: Clients = { ...everything, ip: null, ping: null };
    expect(needsOf(without, 'linux').kernel).toEqual({ suite: 'kernel', missing: ['ip', 'ping'], notHere: null });
    const noRoot: Clients = { ...without, noNamespace: 'it takes root' };
    expect(needsOf(noRoot, 'linux').kernel).toEqual({ suite: 'kernel', missing: [], notHere: 'it takes root' });
  });

  it('says that Windows has no such clients, and still runs the browser', () => {
    const { clients, e2e } = needsOf({ ...everything, telnet: null, nc: null, socat: null }, 'win32');
    expect(clients?.notHere).toContain('Windows');
    expect(e2e).toEqual({ suite: 'e2e', missing: [], notHere: null });
  });
});

describe('howToInstall', () => {
  it.each([
    ['linux', 'sudo apt-get install netcat-openbsd chromium'],
    ['darwin', 'npx playwright-core install chromium'],
    ['win32', 'winget install Google.Chrome'],
  ] as const)('names the commands of %s', (platform, command) => {
    expect(howToInstall(['nc', 'chromium'], platform).join('\n')).toContain(command);
  });

  it('says how tests are fetched that no package holds', () => {
    expect(howToInstall(['aioTests'], 'linux')).toEqual([expect.stringContaining('node tools/clients.js --install')]);
  });

  it('has nothing to say when nothing is missing', () => {
    expect(howToInstall([], 'linux')).toEqual([]);
  });
});

describe('isNodeSupported', () => {
  it.each([
    ['18.20.0', false],
    ['20.18.3', false],
    ['20.19.0', true],
    ['21.7.0', false],
    ['22.11.0', false],
    ['22.12.0', true],
    ['24.0.0', true],
  ])('%s: %s', (version, supported) => {
    expect(isNodeSupported(version)).toBe(supported);
  });
});
