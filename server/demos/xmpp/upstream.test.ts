import { afterEach, expect, it } from 'vitest';
import { freePort } from '../../testing/free-port.ts';
import { type ServedDemo, serveDemo } from '../testing/serve-demo.ts';
import { TcpClient } from '../testing/tcp-client.ts';
import { startTestServer } from './testing/test-server.ts';
import { XmppClient } from './testing/xmpp-client.ts';
import { createXmppUpstream } from './upstream.ts';

const closers: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

async function inFrontOf(port: number): Promise<ServedDemo> {
  const served = await serveDemo(createXmppUpstream({ host: '127.0.0.1', port }));
  closers.push(served.close);
  return served;
}

it('carries a whole conversation, TLS included, to the other server and back', async () => {
  const server = await startTestServer();
  closers.push(server.close);
  const served = await inFrontOf(server.tcpPort);
  const client = await XmppClient.connect(served.tcpPort);
  await client.open();
  await client.startTls();
  await client.logIn('alice');
  await client.bind('far');
  expect(client.jid).toBe('alice@localhost/far');
  client.close();
  await client.over();
  expect(served.events().filter((event) => event.startsWith('half-closed'))).toHaveLength(2);
});

it('says with a reset that nobody listens there', async () => {
  const served = await inFrontOf(await freePort());
  const client = await TcpClient.connect(served.tcpPort);
  await client.over();
  expect(served.events()).toContain('reset to-client upstream-refused');
});
