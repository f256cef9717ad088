import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { NS } from './namespaces.ts';
import { startTestServer, type TestServer } from './testing/test-server.ts';
import type { XmppClient } from './testing/xmpp-client.ts';
import { serialize } from './xml/serialize.ts';

let server: TestServer;

beforeEach(async () => {
  server = await startTestServer({ pageUrl: () => 'http://localhost:7070' });
});

afterEach(() => server.close());

/** The condition of a stanza's error. */
function conditionOf(stanza: Awaited<ReturnType<XmppClient['next']>>): string | undefined {
  return stanza.child('error')?.childIn(NS.stanzaErrors)?.name;
}

describe('the roster', () => {
  it('is not sent again to a client that has the newest version', async () => {
    const alice = await server.login('alice');
    const first = await alice.ask('get', "<query xmlns='jabber:iq:roster' ver=''/>");
    const { ver } = first.child('query', NS.roster)?.attrs ?? {};
    expect((await alice.ask('get', `<query xmlns='jabber:iq:roster' ver='${ver}'/>`)).elements).toEqual([]);
    await alice.ask('set', "<query xmlns='jabber:iq:roster'><item jid='bob@localhost'/></query>");
    const changed = await alice.ask('get', `<query xmlns='jabber:iq:roster' ver='${ver}'/>`);
    expect(changed.child('query', NS.roster)?.elements).toHaveLength(1);
  });

  it('lets in who was approved before they asked (RFC 6121 §3.4)', async () => {
    const alice = await server.enter('alice', 'a');
    alice.send("<presence type='subscribed' to='bob@localhost'/>");
    expect(await alice.nextText()).toContain("subscription='none' approved='true'/>");
    const bob = await server.enter('bob', 'b');
    bob.send("<presence type='subscribe' to='alice@localhost'/>");
    expect(await bob.nextText()).toContain("ask='subscribe'/>");
    expect(await bob.nextText()).toContain("<presence type='subscribed' from='alice@localhost'");
    expect(await bob.nextText()).toContain("subscription='to'/>");
    expect(await bob.nextText()).toContain("from='alice@localhost/a'");
  });

  it.each([
    ['two items', "<item jid='a@localhost'/><item jid='b@localhost'/>", 'bad-request'],
    ['no address', "<item name='x'/>", 'bad-request'],
    ['oneself', "<item jid='alice@localhost'/>", 'not-allowed'],
    ['a group twice', "<item jid='b@localhost'><group>g</group><group>g</group></item>", 'bad-request'],
    ['an empty group', "<item jid='b@localhost'><group/></item>", 'not-acceptable'],
  ])('refuses %s', async (_, items, condition) => {
    const alice = await server.login('alice');
    const answer = await alice.ask('set', `<query xmlns='jabber:iq:roster'>${items}</query>`);
    expect(conditionOf(answer)).toBe(condition);
  });
});

describe('presence', () => {
  it('of too many octets is refused, and a request that is long is kept without its content', async () => {
    const alice = await server.enter('alice', 'a');
    alice.send(`<presence><status>${'x'.repeat(20_000)}</status></presence>`);
    expect(conditionOf(await alice.next())).toBe('policy-violation');
    const long = `<x xmlns='urn:x'>${'x'.repeat(3_000)}</x>`;
    alice.send(`<presence type='subscribe' to='carol@localhost'>${long}</presence>`);
    await alice.settled();
    const carol = await server.login('carol');
    carol.send('<presence/>');
    const request = await carol.takes(({ attrs }) => attrs.type === 'subscribe');
    expect([request.attrs.from, request.elements]).toEqual(['alice@localhost', []]);
  });
});

describe('stanzas', () => {
  it.each([
    ['to an address that is none', "<message to='@@'><body>x</body></message>", 'jid-malformed'],
    ['to another server', "<message to='a@example.org'><body>x</body></message>", 'remote-server-not-found'],
    ['to nobody', "<message to='nobody@localhost'><body>x</body></message>", 'service-unavailable'],
    ['an iq of no type', "<iq id='1'><ping xmlns='urn:xmpp:ping'/></iq>", 'bad-request'],
    ['an iq without id', "<iq type='get'><ping xmlns='urn:xmpp:ping'/></iq>", 'bad-request'],
    ['an iq with two children', "<iq type='get' id='1'><a xmlns='x'/><b xmlns='x'/></iq>", 'bad-request'],
    ['a presence of no type', "<presence type='strange'/>", 'bad-request'],
    [
      'an iq to a client that is gone',
      "<iq type='get' id='1' to='bob@localhost/x'><a xmlns='x'/></iq>",
      'service-unavailable',
    ],
  ])('%s is answered with an error', async (_, stanza, condition) => {
    const alice = await server.login('alice');
    alice.send(stanza);
    expect(conditionOf(await alice.next())).toBe(condition);
  });

  it.each([
    ["<message from='bob@localhost'/>", 'invalid-from'],
    ['<hello/>', 'unsupported-stanza-type'],
    ["<message xmlns='jabber:server'/>", 'unsupported-stanza-type'],
  ])('%s ends the stream', async (stanza, condition) => {
    const alice = await server.login('alice');
    alice.send(stanza);
    expect((await alice.next()).childIn(NS.streamErrors)?.name).toBe(condition);
  });

  it('go to another client than the one that is meant only when they are chat (RFC 6121 §8.5.3.2.1)', async () => {
    const [alice, bob] = [await server.login('alice'), await server.enter('bob', 'desk')];
    const send = (type: string): void => {
      alice.send(`<message to='bob@localhost/gone' id='${type}' type='${type}'><body>${type}</body></message>`);
    };
    for (const type of ['headline', 'error', 'normal', 'groupchat', 'chat']) send(type);
    const answers = [await alice.next(), await alice.next()];
    expect(answers.map((answer) => [answer.attrs.id, conditionOf(answer)])).toEqual([
      ['normal', 'service-unavailable'],
      ['groupchat', 'service-unavailable'],
    ]);
    expect(await alice.settled()).toEqual([]);
    expect((await bob.next()).attrs.id).toBe('chat');
    expect(await bob.settled()).toEqual([]);
  });

  it('are never answered with an error when they are errors', async () => {
    const alice = await server.login('alice');
    alice.send("<message type='error' to='nobody@localhost'/><iq type='error' id='1' to='bob@localhost/x'/>");
    alice.send("<iq type='result' id='2' to='localhost'/>");
    expect(await alice.settled()).toEqual([]);
  });
});

describe('registration (XEP-0077)', () => {
  it('makes an account, changes its password, and ends it', async () => {
    const client = await server.connect();
    await client.open();
    const form = await client.ask('get', "<query xmlns='jabber:iq:register'/>");
    expect(form.child('query', NS.register)?.child('username')).toBeDefined();
    const fields = '<username>Dora</username><password>secret</password>';
    const made = await client.ask('set', `<query xmlns='jabber:iq:register'>${fields}</query>`);
    expect(made.attrs.type).toBe('result');
    const taken = await client.ask('set', `<query xmlns='jabber:iq:register'>${fields}</query>`);
    expect(conditionOf(taken)).toBe('conflict');
    await client.authenticate('dora', 'secret');
    await client.bind();
    const change = '<username>dora</username><password>better</password>';
    await client.ask('set', `<query xmlns='jabber:iq:register'>${change}</query>`);
    const again = await server.connect();
    await expect(again.logIn('dora', 'secret')).rejects.toThrow('not-authorized');
    const third = await server.connect();
    await third.logIn('dora', 'better');
    const removed = await client.ask('set', "<query xmlns='jabber:iq:register'><remove/></query>");
    expect(removed.attrs.type).toBe('result');
    expect(serialize(await client.next())).toContain('<not-authorized ');
    const fourth = await server.connect();
    await expect(fourth.logIn('dora', 'better')).rejects.toThrow('not-authorized');
  });

  it('keeps the demo accounts, and no more than three accounts a connection', async () => {
    const alice = await server.login('alice');
    const answer = await alice.ask('set', "<query xmlns='jabber:iq:register'><remove/></query>");
    expect(conditionOf(answer)).toBe('not-allowed');
    const client = await server.connect();
    await client.open();
    const conditions: (string | undefined)[] = [];
    for (const name of ['u1', 'u2', 'u3', 'u4']) {
      const fields = `<username>${name}</username><password>x</password>`;
      conditions.push(conditionOf(await client.ask('set', `<query xmlns='jabber:iq:register'>${fields}</query>`)));
    }
    expect(conditions).toEqual([undefined, undefined, undefined, 'resource-constraint']);
  });
});

describe('stream management (XEP-0198)', () => {
  async function enable(client: XmppClient): Promise<string> {
    client.send("<enable xmlns='urn:xmpp:sm:3' resume='true'/>");
    return (await client.takes(({ name }) => name === 'enabled')).attrs.id ?? '';
  }

  it('counts what came, and asks what has arrived', async () => {
    const alice = await server.login('alice', 'a');
    await enable(alice);
    alice.send(
      "<presence/><message to='alice@localhost/a' type='chat'><body>1</body></message><r xmlns='urn:xmpp:sm:3'/>",
    );
    expect((await alice.takes(({ name }) => name === 'a')).attrs.h).toBe('2');
    expect((await alice.takes(({ name }) => name === 'r')).ns).toBe(NS.streamManagement);
  });

  it('lets a lost client come back to its session, and gives it what it has missed, once', async () => {
    const alice = await server.enter('alice', 'a');
    const token = await enable(alice);
    const bob = await server.enter('bob', 'b');
    bob.send("<message to='alice@localhost' type='chat'><body>one</body></message>");
    expect((await alice.takes(({ name }) => name === 'message')).childText('body')).toBe('one');
    alice.drop();
    bob.send("<message to='alice@localhost' type='chat'><body>two</body></message>");
    await bob.settled();
    const back = await server.connect();
    await back.logIn('alice');
    back.send(`<resume xmlns='urn:xmpp:sm:3' previd='${token}' h='1'/>`);
    expect((await back.takes(({ name }) => name === 'resumed')).attrs.previd).toBe(token);
    expect((await back.takes(({ name }) => name === 'message')).childText('body')).toBe('two');
    back.send("<message to='bob@localhost' type='chat'><body>I am back</body></message>");
    expect((await bob.takes(({ name }) => name === 'message')).attrs.from).toBe('alice@localhost/a');
  });

  it('refuses a token that is not the user’s own, and a count that can’t be', async () => {
    const alice = await server.login('alice', 'a');
    const token = await enable(alice);
    const bob = await server.connect();
    await bob.logIn('bob');
    bob.send(`<resume xmlns='urn:xmpp:sm:3' previd='${token}' h='0'/>`);
    expect(serialize(await bob.next())).toContain('<item-not-found ');
    alice.send("<a xmlns='urn:xmpp:sm:3' h='99'/>");
    expect((await alice.next()).childIn(NS.streamErrors)?.name).toBe('policy-violation');
  });

  it('keeps for later what a client that never came back did not acknowledge', async () => {
    const alice = await server.enter('alice', 'a');
    await enable(alice);
    const bob = await server.enter('bob', 'b');
    alice.drop();
    bob.send("<message to='alice@localhost' type='chat'><body>are you there?</body></message>");
    await bob.settled();
    // The next one at the same resource puts the lost session out.
    const next = await server.login('alice', 'a');
    next.send('<presence/>');
    const message = await next.takes(({ name }) => name === 'message');
    expect(message.childText('body')).toBe('are you there?');
    expect(message.child('delay', NS.delay)).toBeDefined();
  });
});

describe('HTTP upload (XEP-0363)', () => {
  it('gives a place for a file, and refuses what is too large', async () => {
    const alice = await server.login('alice');
    const request = (attrs: string): string => `<request xmlns='urn:xmpp:http:upload:0' ${attrs}/>`;
    const slot = await alice.ask(
      'get',
      request("filename='cat.png' size='3' content-type='image/png'"),
      'upload.localhost',
    );
    const url = slot.child('slot', NS.httpUpload)?.child('put')?.attrs.url ?? '';
    expect(url).toMatch(/^http:\/\/localhost:7070\/api\/files\/[\w-]+\/cat\.png$/);
    const id = url.split('/').at(-2) ?? '';
    expect(server.chat.files.put(id, Buffer.from('abc'))).toBe('stored');
    const large = await alice.ask(
      'get',
      request("filename='x' size='99999999999' content-type='image/png'"),
      'upload.localhost',
    );
    expect(conditionOf(large)).toBe('not-acceptable');
    expect(large.child('error')?.child('file-too-large', NS.httpUpload)).toBeDefined();
    const page = await alice.ask(
      'get',
      request("filename='x.html' size='3' content-type='text/html'"),
      'upload.localhost',
    );
    expect(page.attrs.type).toBe('result');
    const info = await alice.ask('get', "<query xmlns='http://jabber.org/protocol/disco#info'/>", 'upload.localhost');
    expect(serialize(info)).toContain('max-file-size');
  });
});
