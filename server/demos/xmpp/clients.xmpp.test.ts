/** The clients that people use, as Debian packages them. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startTestPlayground, type TestPlayground } from '../../testing/playground.ts';
import { Program } from '../testing/program.ts';
import { stepsOf } from './testing/scenarios/scenario.ts';
import { Tmux } from './testing/tmux.ts';
import { XmppClient } from './testing/xmpp-client.ts';

let playground: TestPlayground;
let port: number;
let certificate: string;

beforeAll(async () => {
  playground = await startTestPlayground();
  port = playground.address('xmpp', 'tcp').port;
  certificate = join(playground.dataFolder, 'certificate.pem');
  // The certificate is made when somebody first asks for it.
  await (await fetch(`${playground.url}/api/machine`)).text();
});

afterAll(() => playground.close());

describe('slixmpp', () => {
  it.each([
    ['SCRAM-SHA-256', 'TLS'],
    ['SCRAM-SHA-1', 'no TLS'],
    ['PLAIN', 'TLS'],
  ])('talks with %s and %s', async (mechanism, security) => {
    const steps = await stepsOf('with_slixmpp.py', [String(port), security === 'TLS' ? certificate : '-', mechanism]);
    expect(steps).toEqual([
      `logged in as alice@localhost/slixmpp-${mechanism}`,
      'roster',
      'presence',
      'chat both ways',
      'room',
      'version, ping, carbons, blocking, disco',
      'goodbye',
    ]);
  });
});

describe('aioxmpp', () => {
  it('goes through presence, subscriptions, chat, rooms, private storage, blocking, version and ping', async () => {
    expect(await stepsOf('with_aioxmpp.py', [String(port)])).toEqual([
      'logged in as alice@localhost/aio over TLS',
      'presence',
      'subscription',
      'chat both ways',
      'room: join, talk, nick, subject, leave',
      'room: kick',
      'private storage',
      'blocking',
      'version, ping',
      'goodbye',
    ]);
  });
});

describe('people at terminals', () => {
  let bob: XmppClient;

  beforeEach(async () => {
    bob = await XmppClient.login(port, 'bob', { resource: 'desk' });
    bob.send('<presence/>');
  });

  afterEach(() => bob.close());

  async function bobReads(text: string): Promise<string> {
    const message = await bob.takes((one) => one.childText('body')?.trim() === text);
    return message.attrs.from ?? '';
  }

  it.each([
    ['without TLS', []],
    ['with TLS, the certificate checked', ['-t', '--tls-ca-path=CERTIFICATE']],
  ])('sendxmpp sends a message %s', async (how, options) => {
    const login = ['-u', 'alice', '-p', 'porthole', '-j', `localhost:${port}`];
    const args = options.map((option) => option.replace('CERTIFICATE', certificate));
    const { code } = await Program.run('sendxmpp', [...login, ...args, 'bob@localhost'], `sent ${how}`);
    expect(code).toBe(0);
    expect(await bobReads(`sent ${how}`)).toBe('alice@localhost/sendxmpp');
  });

  it.each(['trust', 'disable'])('profanity logs in, talks, and comes into a room, TLS policy %s', async (policy) => {
    const home = await mkdtemp(join(tmpdir(), 'porthole-profanity-'));
    const terminal = await startProfanity(home, policy);
    try {
      await terminal.shows('alice@localhost/prof logged in successfully');
      await terminal.type(`/msg bob@localhost hello, ${policy}`);
      expect(await bobReads(`hello, ${policy}`)).toBe('alice@localhost/prof');
      bob.send(`<message to='alice@localhost' type='chat'><body>hello back, ${policy}</body></message>`);
      await terminal.shows(`hello back, ${policy}`);
      await terminal.type('/join cellar@conference.localhost nick al');
      await terminal.shows('You have joined the room as al, role: moderator, affiliation: owner');
      bob.send("<presence to='cellar@conference.localhost/bob'><x xmlns='http://jabber.org/protocol/muc'/></presence>");
      await terminal.shows('bob');
      await terminal.type('down here');
      expect(await bobReads('down here')).toBe('cellar@conference.localhost/al');
      await terminal.type('/quit');
      const gone = await bob.takes(
        ({ name, attrs }) =>
          name === 'presence' && attrs.type === 'unavailable' && attrs.from?.endsWith('/al') === true,
      );
      expect(gone.attrs.from).toBe('cellar@conference.localhost/al');
      bob.send("<presence type='unavailable' to='cellar@conference.localhost/bob'/>");
      await bob.settled();
    } finally {
      await terminal.stop();
      await rm(home, { recursive: true, force: true });
    }
  });

  /** Profanity with an account of its own, and no other file of the user's. */
  async function startProfanity(home: string, policy: string): Promise<Tmux> {
    const account = `[alice]\nenabled=true\njid=alice@localhost\nresource=prof\npassword=porthole\nserver=127.0.0.1\nport=${port}\ntls.policy=${policy}\n`;
    await mkdir(join(home, 'data/profanity'), { recursive: true });
    await writeFile(join(home, 'data/profanity/accounts'), account);
    const env = `HOME=${home} XDG_CONFIG_HOME=${home}/config XDG_DATA_HOME=${home}/data TERM=xterm LANG=C.UTF-8`;
    return Tmux.start(`porthole-${process.pid}-${policy}`, `env ${env} profanity -a alice`);
  }
});
