import { randomBytes } from 'node:crypto';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { Chat } from '../../../chat/chat.ts';
import { systemScheduler } from '../../../chat/scheduler.ts';
import type { DemoWebSocketListener, RunningDemo } from '../../demo.ts';
import { testCertificate } from '../../testing/certificate.ts';
import { NS } from '../namespaces.ts';
import { MAX_STANZA_BYTES_BEFORE_LOGIN } from '../xml/limits.ts';
import { createXmpp, WEBSOCKET_PATH } from '../xmpp.ts';

const OPEN = `<open xmlns='${NS.framing}' to='localhost' version='1.0'/>`;

let demo: RunningDemo;

beforeEach(() => {
  const now = (): Date => new Date();
  const chat = new Chat({ scheduler: systemScheduler, now, random: randomBytes });
  demo = createXmpp({ chat, version: 'test' }).start({ now, certificate: testCertificate });
});

afterEach(() => demo.close?.());

/** A browser's end: what it sends goes in as messages, what the server sends comes out as messages. */
function openSocket(address = '127.0.0.1') {
  const received: string[] = [];
  const heard: DemoWebSocketListener[] = [];
  let closedWith: number | null = null;
  demo.webSockets?.[WEBSOCKET_PATH]?.open({
    client: { address, port: 50_000 },
    queuedBytes: 0,
    listen: (listener) => heard.push(listener),
    send: (text) => received.push(text),
    pause: () => {},
    resume: () => {},
    close: (code) => {
      closedWith = code;
    },
    terminate: () => {},
  });
  return {
    received,
    closedWith: () => closedWith,
    says: (text: string) => heard[0]?.message(text),
    leaves: () => heard[0]?.closed(),
  };
}

it('a stream is opened by a message, and every message is an element that stands alone', () => {
  const socket = openSocket();
  socket.says(OPEN);
  expect(socket.received[0]).toMatch(
    /^<open xmlns='urn:ietf:params:xml:ns:xmpp-framing' from='localhost' id='[0-9a-f]+' version='1.0' xml:lang='en'\/>$/,
  );
  expect(socket.received[1]).toMatch(
    /^<stream:features xmlns:stream='http:\/\/etherx.jabber.org\/streams'><mechanisms /,
  );
  expect(socket.received[1]).not.toContain('starttls');
});

it('passwords are sent as they are on the loopback only', () => {
  const near = openSocket();
  const far = openSocket('192.0.2.7');
  for (const socket of [near, far]) socket.says(OPEN);
  expect(near.received[1]).toContain('<mechanism>PLAIN</mechanism>');
  expect(far.received[1]).not.toContain('PLAIN');
  expect(far.received[1]).toContain('<mechanism>SCRAM-SHA-256</mechanism>');
});

it.each([
  ['half an element', '<auth', 'not-well-formed'],
  ['two elements', '<a/><b/>', 'not-well-formed'],
  ['an end without a beginning', '</messages>', 'not-well-formed'],
  ['an XML declaration', "<?xml version='1.0'?><a/>", 'not-well-formed'],
  [
    'a header of TCP',
    "<stream:stream to='localhost' xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams'>",
    'not-well-formed',
  ],
  ['nothing', '', 'not-well-formed'],
  ['a comment', '<!-- x --><a/>', 'restricted-xml'],
  ['too much', `<a>${'x'.repeat(MAX_STANZA_BYTES_BEFORE_LOGIN)}</a>`, 'policy-violation'],
  ['a stanza before login', "<presence xmlns='jabber:client'/>", 'not-authorized'],
])('%s ends the stream with a reason, and the WebSocket after it', (_, message, condition) => {
  const socket = openSocket();
  socket.says(OPEN);
  socket.says(message);
  expect(socket.received.at(-2)).toContain(`<${condition} xmlns='${NS.streamErrors}'/>`);
  expect(socket.received.at(-1)).toBe(`<close xmlns='${NS.framing}'/>`);
  expect(socket.closedWith()).toBe(1000);
});

it('a client that closes its stream is answered with the same', () => {
  const socket = openSocket();
  socket.says(OPEN);
  socket.says(`<close xmlns='${NS.framing}'/>`);
  expect(socket.received.at(-1)).toBe(`<close xmlns='${NS.framing}'/>`);
});
