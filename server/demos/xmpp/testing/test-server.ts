/** The demo on a real port, with a chat of its own. */

import { randomBytes } from 'node:crypto';
import { Chat } from '../../../chat/chat.ts';
import { systemScheduler } from '../../../chat/scheduler.ts';
import { type ServedDemo, serveDemo } from '../../testing/serve-demo.ts';
import { createXmpp, type XmppOptions } from '../xmpp.ts';
import { XmppClient } from './xmpp-client.ts';

/** A served demo, and its clients. */
export interface TestServer extends ServedDemo {
  readonly chat: Chat;
  /** Logs in; the client is closed with the server. */
  login(user: string, resource?: string): Promise<XmppClient>;
  /** Logs in, asks for the roster, and becomes available. */
  enter(user: string, resource?: string): Promise<XmppClient>;
  /** Connects without a word. */
  connect(): Promise<XmppClient>;
}

/** Starts one. */
export async function startTestServer(options: Partial<XmppOptions> = {}): Promise<TestServer> {
  const chat = new Chat({ scheduler: systemScheduler, now: () => new Date(), random: randomBytes });
  const served = await serveDemo(createXmpp({ chat, version: 'test', ...options }));
  const clients: XmppClient[] = [];
  const keep = (client: XmppClient): XmppClient => {
    clients.push(client);
    return client;
  };
  const login = async (user: string, resource?: string): Promise<XmppClient> =>
    keep(await XmppClient.login(served.tcpPort, user, { ...(resource && { resource }) }));
  return {
    ...served,
    chat,
    login,
    connect: async () => keep(await XmppClient.connect(served.tcpPort)),
    enter: async (user, resource) => {
      const client = await login(user, resource);
      await client.ask('get', "<query xmlns='jabber:iq:roster'/>");
      client.send('<presence/>');
      await client.settled();
      return client;
    },
    close: async () => {
      await served.close();
      for (const client of clients) client.drop();
      chat.closeAll();
    },
  };
}
