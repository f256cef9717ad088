/** The clients of npm. */
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Agent, createClient } from 'stanza';
import { $iq, $msg, $pres, Strophe } from 'strophe.js';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startTestPlayground, type TestPlayground } from '../../testing/playground.ts';
import { Program } from '../testing/program.ts';
import { XmppClient } from './testing/xmpp-client.ts';
import { WEBSOCKET_PATH } from './xmpp.ts';

let playground: TestPlayground;
let port: number;
let webSocket: string;
let bob: XmppClient;

beforeAll(async () => {
  playground = await startTestPlayground();
  port = playground.address('xmpp', 'tcp').port;
  webSocket = `${playground.url.replace('http:', 'ws:')}${WEBSOCKET_PATH}`;
  await (await fetch(`${playground.url}/api/machine`)).text();
});

afterAll(() => playground.close());

beforeEach(async () => {
  bob = await XmppClient.login(port, 'bob', { resource: 'desk' });
  bob.send('<presence/>');
  return () => bob.close();
});

async function bobReads(text: string): Promise<string> {
  return (await bob.takes((one) => one.childText('body') === text)).attrs.from ?? '';
}

describe('@xmpp/client', () => {
  it('talks over TCP, with TLS whose certificate it checks', async () => {
    const scenario = fileURLToPath(new URL('testing/scenarios/with-xmpp-js.mjs', import.meta.url));
    const env = [`NODE_EXTRA_CA_CERTS=${join(playground.dataFolder, 'certificate.pem')}`];
    const { stdout, stderr } = await Program.run('env', [...env, process.execPath, scenario, String(port)]);
    const steps = stdout.toString().trim().split('\n');
    expect(steps, stderr).toEqual(
      ['logged in over TLS', 'roster', 'presence', 'chat both ways', 'room', 'goodbye'].map((step) => `ok ${step}`),
    );
  });
});

describe('stanza', () => {
  /** Waits for one event of an agent. */
  function once(agent: Agent, event: 'session:started' | 'chat' | 'groupchat' | 'disconnected'): Promise<unknown> {
    return new Promise((resolve) => agent.once(event, resolve));
  }

  it('talks over a WebSocket: roster, presence, chat both ways, carbons, a room', async () => {
    const agent = createClient({
      jid: 'carol@localhost',
      resource: 'stanza',
      password: 'porthole',
      transports: { websocket: webSocket, bosh: false },
    });
    const started = once(agent, 'session:started');
    agent.connect();
    await started;
    expect(agent.jid).toBe('carol@localhost/stanza');
    expect((await agent.getRoster()).items).toEqual([]);
    await agent.enableCarbons();
    agent.sendPresence();
    agent.sendMessage({ to: 'bob@localhost', type: 'chat', body: 'hello from stanza' });
    expect(await bobReads('hello from stanza')).toBe('carol@localhost/stanza');
    const heard = once(agent, 'chat');
    bob.send("<message to='carol@localhost' type='chat'><body>hello, stanza</body></message>");
    expect(await heard).toMatchObject({ body: 'hello, stanza', from: 'bob@localhost/desk' });
    await agent.joinRoom('loft@conference.localhost', 'carol');
    const groupchat = once(agent, 'groupchat');
    agent.sendMessage({ to: 'loft@conference.localhost', type: 'groupchat', body: 'anybody?' });
    expect(await groupchat).toMatchObject({ body: 'anybody?', from: 'loft@conference.localhost/carol' });
    await agent.leaveRoom('loft@conference.localhost', 'carol');
    const gone = once(agent, 'disconnected');
    agent.disconnect();
    await gone;
  });
});

describe('strophe.js', () => {
  it.each(['SCRAM-SHA-256', 'SCRAM-SHA-1', 'PLAIN'])('talks over a WebSocket after %s', async (name) => {
    const mechanisms = {
      'SCRAM-SHA-256': Strophe.SASLSHA256,
      'SCRAM-SHA-1': Strophe.SASLSHA1,
      PLAIN: Strophe.SASLPlain,
    };
    const mechanism = mechanisms[name as keyof typeof mechanisms];
    const connection = new Strophe.Connection(webSocket, { mechanisms: [mechanism] });
    const messages: string[] = [];
    await new Promise<void>((resolve, reject) => {
      connection.connect('alice@localhost/strophe', 'porthole', (status: number) => {
        if (status === Strophe.Status.CONNECTED) resolve();
        else if (status === Strophe.Status.AUTHFAIL || status === Strophe.Status.CONNFAIL)
          reject(new Error(String(status)));
        return true;
      });
    });
    const heard = new Promise<void>((resolve) => {
      const onMessage = (message: Element): boolean => {
        messages.push(message.getElementsByTagName('body')[0]?.textContent ?? '');
        resolve();
        return true;
      };
      connection.addHandler(onMessage, '', 'message', 'chat', '', '');
    });
    connection.send($pres());
    connection.send($msg({ to: 'bob@localhost', type: 'chat' }).c('body').t(`hello after ${name}`));
    expect(await bobReads(`hello after ${name}`)).toBe('alice@localhost/strophe');
    bob.send("<message to='alice@localhost/strophe' type='chat'><body>hello, strophe</body></message>");
    await heard;
    expect(messages).toEqual(['hello, strophe']);
    const roster = $iq({ type: 'get' }).c('query', { xmlns: 'jabber:iq:roster' });
    const answer = await new Promise<Element>((resolve) => {
      connection.sendIQ(roster, (stanza: Element) => resolve(stanza));
    });
    expect(answer.getAttribute('type')).toBe('result');
    connection.disconnect('done');
    expect((await bob.settled()).join('')).not.toContain('error');
  });
});
