/** XMPP, on 5222 and over WebSocket. https://www.rfc-editor.org/rfc/rfc6120, RFC 6121, RFC 7395, RFC 7622 */
import { randomBytes } from 'node:crypto';
import { createSecureContext, type SecureContext } from 'node:tls';
import { Chat } from '../../chat/chat.ts';
import { type Scheduler, systemScheduler } from '../../chat/scheduler.ts';
import type { Demo, DemoContext, RunningDemo } from '../demo.ts';
import { ForgetfulServer } from './forgetful-server.ts';
import { TcpLink } from './stream/tcp-link.ts';
import { WebSocketLink } from './stream/websocket-link.ts';
import { MAX_STANZA_BYTES } from './xml/limits.ts';
import { XmppServer } from './xmpp-server.ts';

/** The one domain that is served: every account is `user@localhost`. */
const DOMAIN = 'localhost';

/** Where browsers open their stream: the path of the example in RFC 7395 §3.1; servers may have another one (§4). */
export const WEBSOCKET_PATH = '/xmpp-websocket';

/** What the demo is made from. */
export interface XmppOptions {
  readonly chat: Chat;
  /** Version of Porthole. */
  readonly version: string;
  /** Address of the page, where files are uploaded to; `null`: not known, or there is none. Default: none. */
  readonly pageUrl?: () => string | null;
  /**
   * A chat of its own, in which every user and password is right, forgotten FORGET_AFTER_MS after the last one has left:
   * for scripts that test a server. On loopback only. Default: no.
   */
  readonly testMode?: boolean;
  /** Default: the event loop's own. */
  readonly scheduler?: Scheduler;
}

/** TCP on 5222, and WebSockets by the page's server. */
export function createXmpp(options: XmppOptions): Demo {
  return { id: 'xmpp', port: 5222, transports: ['tcp'], start: (context) => run(options, context) };
}

function run(options: XmppOptions, context: DemoContext): RunningDemo {
  const { chat, testMode = false, scheduler = systemScheduler } = options;
  const server = testMode
    ? new ForgetfulServer((emptied) => startServer(options, context, testChat(options, context), emptied), scheduler)
    : startServer(options, context, chat);
  let secured: Promise<SecureContext | null> | null = null;
  const secure = (): Promise<SecureContext | null> => {
    secured ??= secureContext(context);
    return secured;
  };
  return {
    connection: (connection) => void new TcpLink(connection, secure, (link) => server.serve(link)),
    webSockets: {
      [WEBSOCKET_PATH]: {
        protocol: 'xmpp',
        maxMessageBytes: MAX_STANZA_BYTES,
        open: (socket) => void new WebSocketLink(socket, (link) => server.serve(link)),
      },
    },
    close: () => server.close(),
  };
}

/** `null`: there is no certificate. It is read or made when the first client asks for TLS. */
async function secureContext(context: DemoContext): Promise<SecureContext | null> {
  try {
    const { certificatePem, keyPem } = await context.certificate();
    return createSecureContext({ cert: certificatePem, key: keyPem });
  } catch {
    return null;
  }
}

function testChat({ scheduler = systemScheduler }: XmppOptions, { now }: DemoContext): Chat {
  return new Chat({ scheduler, now, random: randomBytes });
}

function startServer(
  { chat: { files }, version, pageUrl = () => null, testMode = false, scheduler = systemScheduler }: XmppOptions,
  { now }: DemoContext,
  chat: Chat,
  emptied: () => void = () => {},
): XmppServer {
  return new XmppServer({
    ...{ chat, files, pageUrl, domain: DOMAIN, scheduler, now, version, emptied },
    random: randomBytes,
    platform: process.platform,
    anybody: testMode,
  });
}
