/** XMPP beside the other protocols: the same users, the same rooms. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Message, SentSignal } from '../../chat/message.ts';
import { ONLINE } from '../../chat/presence.ts';
import type { ChatSession, SessionSink } from '../../chat/session.ts';
import { NS } from './namespaces.ts';
import { startTestServer, type TestServer } from './testing/test-server.ts';

let server: TestServer;

beforeEach(async () => {
  server = await startTestServer();
});

afterEach(() => server.close());

/** A session of a protocol that is none, and what it hears. */
function openSession(user: string): { session: ChatSession; messages: Message[]; signals: SentSignal[] } {
  const messages: Message[] = [];
  const signals: SentSignal[] = [];
  const sink: SessionSink = {
    queuedBytes: 0,
    message: (message) => messages.push(message) > 0,
    sent: () => {},
    signal: (signal) => signals.push(signal) > 0,
    presence: () => {},
    cutOff: () => {},
  };
  const connected = server.chat.connect({ user, resource: 'other', protocol: 'other', sink });
  if ('refused' in connected) throw new Error(connected.refused);
  return { session: connected.session, messages, signals };
}

it('a message goes from XMPP to another protocol and back', async () => {
  const bob = openSession('bob');
  const alice = await server.enter('alice', 'a');
  alice.send("<message to='bob@localhost' type='chat' id='x1'><body>hello &lt;3</body></message>");
  await alice.settled();
  expect(bob.messages.map(({ body, from }) => [body, from.user, from.resource])).toEqual([['hello <3', 'alice', 'a']]);
  bob.session.send('alice', { body: 'hello back' });
  const message = await alice.next();
  expect(message.attrs).toMatchObject({ from: 'bob@localhost/other', to: 'alice@localhost', type: 'chat' });
  expect(message.childText('body')).toBe('hello back');
});

it('typing and receipts cross over, each in its own words', async () => {
  const bob = openSession('bob');
  const alice = await server.enter('alice', 'a');
  alice.send(`<message to='bob@localhost' type='chat'><composing xmlns='${NS.chatStates}'/></message>`);
  await alice.settled();
  expect(bob.signals.map(({ signal }) => signal).filter(({ type }) => type === 'typing')).toEqual([
    { type: 'typing', state: 'composing' },
  ]);
  bob.session.signal('alice', { type: 'typing', state: 'paused' });
  expect((await alice.next()).child('paused', NS.chatStates)).toBeDefined();
  bob.session.signal('alice', { type: 'receipt', state: 'delivered', messageId: 'm7' });
  expect((await alice.next()).child('received', NS.receipts)?.attrs.id).toBe('m7');
});

it('a receipt waits for a sender who is away, whichever protocol it speaks then', async () => {
  const alice = await server.enter('alice', 'a');
  const receipt = (id: string): string => `<received xmlns='${NS.receipts}' id='${id}'/>`;
  alice.send(`<message to='bob@localhost' type='chat'>${receipt('m1')}</message>`);
  alice.send(`<message to='bob@localhost' type='chat'>${receipt('m2')}<no-store xmlns='${NS.hints}'/></message>`);
  alice.send(`<message to='bob@localhost' type='chat'><composing xmlns='${NS.chatStates}'/></message>`);
  expect(await alice.settled()).toEqual([]);
  const bob = openSession('bob');
  expect(bob.session.takeOffline()).toEqual([]);
  bob.session.takeSignals();
  expect(bob.signals.map(({ signal }) => signal)).toEqual([{ type: 'receipt', state: 'delivered', messageId: 'm1' }]);
  bob.session.signal('carol', { type: 'receipt', state: 'delivered', messageId: 'm3' }, null, true);
  const carol = await server.login('carol');
  carol.send('<presence/>');
  const waited = await carol.takes(({ name }) => name === 'message');
  expect(waited.child('received', NS.receipts)?.attrs.id).toBe('m3');
  expect(waited.child('delay', NS.delay)).toBeDefined();
});

it('a call crosses over, step by step, and who calls is told when nobody takes it', async () => {
  const bob = openSession('bob');
  const alice = await server.enter('alice', 'a');
  const step = (to: string, name: string, payload: string) =>
    alice.send(
      `<message to='${to}' type='chat' id='s'><call xmlns='${NS.call}' id='k1' step='${name}'>${payload}</call></message>`,
    );
  step('bob@localhost', 'offer', 'v=0\ns=&lt;-&gt;');
  await alice.settled();
  const offer = { type: 'call', step: 'offer', callId: 'k1', payload: 'v=0\ns=<->' };
  expect(bob.signals.map(({ signal }) => signal).filter(({ type }) => type === 'call')).toEqual([offer]);
  bob.session.signal('alice', { type: 'call', step: 'hangup', callId: 'k1', payload: '' }, 'a');
  const ended = await alice.next();
  expect(ended.attrs.from).toBe('bob@localhost/other');
  expect(ended.child('call', NS.call)?.attrs).toEqual({ id: 'k1', step: 'hangup' });
  const phone = await server.enter('alice', 'phone');
  step('alice@localhost/phone', 'offer', 'v=0');
  expect((await phone.next()).child('call', NS.call)?.text).toBe('v=0');
  for (const [to, name, condition] of [
    ['carol@localhost', 'offer', 'recipient-unavailable'],
    ['bob@localhost', 'dance', 'bad-request'],
  ] as const) {
    step(to, name, '');
    const refused = await alice.takes(({ attrs }) => attrs.type === 'error');
    expect([refused.attrs.id, refused.child('error')?.elements[0]?.name]).toEqual(['s', condition]);
  }
});

it('a link to a file of ours is a file for other protocols, its words without the link', async () => {
  const { files } = server.chat;
  const place = files.reserve({ name: 'cat.png', type: 'image/png', sizeBytes: 3 });
  if ('refused' in place) throw new Error(place.refused);
  files.put(place.id, Buffer.from('abc'));
  const url = `http://localhost:7070${place.path}`;
  const link = `<x xmlns='${NS.outOfBand}'><url>${url}</url></x>`;
  const bob = openSession('bob');
  const alice = await server.enter('alice', 'a');
  alice.send(`<message to='bob@localhost' type='chat'><body>${url}</body>${link}</message>`);
  alice.send(`<presence to='lobby@conference.localhost/alice'><x xmlns='${NS.muc}'/></presence>`);
  alice.send(`<message to='lobby@conference.localhost' type='groupchat'><body>my cat\n${url}</body>${link}</message>`);
  const echoed = await alice.takes((one) => one.attrs.type === 'groupchat' && one.child('body') !== undefined);
  expect(echoed.childText('body')).toBe(`my cat\n${url}`);
  const file = { url, name: 'cat.png', type: 'image/png', sizeBytes: 3 };
  expect(bob.messages.map((message) => [message.body, message.file])).toEqual([['', file]]);
  const said = server.chat.history.find('room:lobby', {}).messages;
  expect(said.map((message) => [message.body, message.file])).toEqual([['my cat', file]]);
});

it('the presence of other protocols is seen by those who may', async () => {
  const alice = await server.enter('alice', 'a');
  const bob = openSession('bob');
  bob.session.setPresence({ ...ONLINE, show: 'busy', status: 'hacking' });
  expect(await alice.settled()).toEqual([]);
  const own = openSession('alice');
  own.session.setPresence(ONLINE);
  expect(await alice.nextText()).toBe("<presence from='alice@localhost/other' to='alice@localhost/a'/>");
  own.session.setPresence(null);
  expect((await alice.next()).attrs.type).toBe('unavailable');
});

it('a message that waited for somebody who speaks another protocol comes to XMPP with its time', async () => {
  const bob = openSession('bob');
  bob.session.send('carol', { body: 'see you' });
  const carol = await server.login('carol');
  carol.send('<presence/>');
  const message = await carol.takes(({ name }) => name === 'message');
  expect(message.childText('body')).toBe('see you');
  expect(message.child('delay', NS.delay)?.attrs.stamp).toMatch(/^\d{4}-\d\d-\d\dT/);
});

it('a room is one: whoever came in by lines is in it, and both hear each other in the same order', async () => {
  const heard: string[] = [];
  const recipient = {
    queuedBytes: 0,
    deliver: (batch: { events: readonly { type: string; nick: string }[] }, from: number) => {
      for (const event of batch.events.slice(from)) {
        heard.push(
          'message' in event && event.type === 'said'
            ? `${event.nick}: ${(event.message as Message).body}`
            : `${event.nick} ${event.type}`,
        );
      }
      return true;
    },
    turn: () => {},
    held: () => {},
    whispered: (message: Message) => heard.push(`alone: ${message.body}`),
    left: () => {},
  };
  const entering = server.chat.rooms.enter('lobby', 'lena', { user: null, resource: null, recipient });
  if ('refused' in entering) throw new Error(entering.refused);
  const alice = await server.login('alice', 'a');
  alice.send(`<presence to='lobby@conference.localhost/ally'><x xmlns='${NS.muc}'/></presence>`);
  expect((await alice.next()).attrs.from).toBe('lobby@conference.localhost/lena');
  expect(
    (await alice.next())
      .child('x', NS.mucUser)
      ?.childrenNamed('status')
      .map(({ attrs }) => attrs.code),
  ).toEqual(['110']);
  expect((await alice.next()).child('subject')).toBeDefined();
  entering.member.say('by lines');
  expect((await alice.next()).childText('body')).toBe('by lines');
  alice.send("<message to='lobby@conference.localhost' type='groupchat' id='g'><body>by XMPP</body></message>");
  expect((await alice.next()).attrs).toMatchObject({ from: 'lobby@conference.localhost/ally', id: 'g' });
  alice.send("<message to='lobby@conference.localhost/lena' type='chat'><body>psst</body></message>");
  await alice.settled();
  expect(heard.filter((line) => !line.startsWith('lena joined'))).toEqual([
    'ally joined',
    'lena: by lines',
    'ally: by XMPP',
    'alone: psst',
  ]);
  entering.member.leave('quit', 'bye');
  const gone = await alice.next();
  expect([gone.attrs.type, gone.childText('status')]).toEqual(['unavailable', 'bye']);
});
