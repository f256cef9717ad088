import { setImmediate as turn } from 'node:timers/promises';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Scheduler, systemScheduler } from '../../chat/scheduler.ts';
import { manualScheduler } from '../../chat/testing/manual-scheduler.ts';
import { TcpClient } from '../testing/tcp-client.ts';
import { FORGET_AFTER_MS } from './limits.ts';
import { NS } from './namespaces.ts';
import { startTestServer, type TestServer } from './testing/test-server.ts';
import { header, XmppClient } from './testing/xmpp-client.ts';
import { serialize } from './xml/serialize.ts';

let server: TestServer;

beforeEach(async () => {
  server = await startTestServer();
});

afterEach(() => server.close());

describe('a stream', () => {
  it('offers STARTTLS and mechanisms, then binding, and is bound', async () => {
    const client = await server.connect();
    const features = await client.open();
    expect(features.child('starttls', NS.tls)).toBeDefined();
    const mechanisms = features.child('mechanisms', NS.sasl)?.elements.map(({ text }) => text);
    expect(mechanisms).toEqual(['SCRAM-SHA-256', 'SCRAM-SHA-1', 'PLAIN']);
    await client.startTls();
    await client.logIn('alice');
    await client.bind('desk');
    expect(client.jid).toBe('alice@localhost/desk');
    client.close();
    expect(await client.arrival()).toBe('closed');
    expect(await client.arrival()).toBe('lost');
  });

  it.each([
    [
      'another host',
      "<stream:stream to='elsewhere' version='1.0' xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams'>",
      'host-unknown',
    ],
    [
      'the version before XMPP',
      "<stream:stream to='localhost' xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams'>",
      'unsupported-version',
    ],
    [
      'a server',
      "<stream:stream to='localhost' version='1.0' xmlns='jabber:server' xmlns:stream='http://etherx.jabber.org/streams'>",
      'invalid-namespace',
    ],
    ['another root', "<stream to='localhost' version='1.0' xmlns='jabber:client'>", 'invalid-namespace'],
    ['HTTP', 'GET / HTTP/1.1\r\n\r\n', 'not-well-formed'],
    ['a stanza before login', `${header()}<presence/>`, 'not-authorized'],
  ])('is refused to %s', async (_, text, condition) => {
    const client = await server.connect();
    client.send(text);
    const error = await client.takes(({ name }) => name === 'error');
    expect(error.childIn(NS.streamErrors)?.name).toBe(condition);
    expect(await client.takes(() => false).catch((failure: Error) => failure.message)).toContain('closed');
  });

  it('tells a client whose resource is taken over of the conflict', async () => {
    const first = await server.login('alice', 'desk');
    const second = await server.login('alice', 'desk');
    expect(serialize(await first.next())).toContain('<conflict ');
    expect(second.jid).toBe('alice@localhost/desk');
    expect(await second.settled()).toEqual([]);
  });

  it('lets five wrong passwords pass and closes at the sixth', async () => {
    const client = await server.connect();
    await client.open();
    const wrong = Buffer.from('\0alice\0wrong').toString('base64');
    for (let attempt = 0; attempt < 5; attempt += 1) {
      client.send(`<auth xmlns='${NS.sasl}' mechanism='PLAIN'>${wrong}</auth>`);
      expect((await client.next()).elements[0]?.name).toBe('not-authorized');
    }
    client.send(`<auth xmlns='${NS.sasl}' mechanism='PLAIN'>${wrong}</auth>`);
    expect(serialize(await client.next())).toContain('<policy-violation ');
  });
});

describe('what clients do', () => {
  it('asking for everything at once, in any order, gets an answer to each', async () => {
    const questions = [
      '<presence/>',
      "<iq type='get' id='roster'><query xmlns='jabber:iq:roster'/></iq>",
      "<iq type='get' id='info' to='localhost'><query xmlns='http://jabber.org/protocol/disco#info'/></iq>",
      "<iq type='get' id='items' to='localhost'><query xmlns='http://jabber.org/protocol/disco#items'/></iq>",
      "<iq type='set' id='carbons'><enable xmlns='urn:xmpp:carbons:2'/></iq>",
      "<iq type='get' id='notes'><query xmlns='jabber:iq:private'><storage xmlns='storage:bookmarks'/></query></iq>",
      "<iq type='get' id='blocked'><blocklist xmlns='urn:xmpp:blocking'/></iq>",
      "<iq type='set' id='session'><session xmlns='urn:ietf:params:xml:ns:xmpp-session'/></iq>",
      "<iq type='get' id='vcard'><vCard xmlns='vcard-temp'/></iq>",
    ];
    const client = await server.login('alice');
    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray(questions, { minLength: 1 }), async (asked) => {
        client.send(asked.join(''));
        const answers = (await client.settled()).map(
          (text) => /^<(?:iq type='result' id='(\w+)'|presence)/.exec(text)?.[1] ?? 'presence',
        );
        expect(answers).toEqual(asked.map((text) => / id='(\w+)'/.exec(text)?.[1] ?? 'presence'));
      }),
      { numRuns: 20 },
    );
  });

  it.each(['in one piece', 'octet by octet'])(
    'a whole login sent at once, %s, is answered step by step',
    async (how) => {
      const client = await TcpClient.connect(server.tcpPort);
      const message = Buffer.from('\0alice\0porthole').toString('base64');
      const login = `${header()}<auth xmlns='${NS.sasl}' mechanism='PLAIN'>${message}</auth>`;
      const rest = `${header()}<iq type='set' id='b'><bind xmlns='${NS.bind}'><resource>小明</resource></bind></iq><presence/>`;
      const all = Buffer.from(`${login}\r\n${rest}`);
      if (how === 'in one piece') client.send(all);
      else for (const octet of all) client.send(Buffer.of(octet));
      await client.until(() => client.text.includes('<presence '));
      expect(client.text.match(/<(?:mechanisms|success|jid|presence)/g)).toEqual([
        '<mechanisms',
        '<success',
        '<jid',
        '<presence',
      ]);
      expect(client.text).toContain('<jid>alice@localhost/小明</jid>');
      client.close();
    },
  );

  it('a wrong password and the right one, sent at once, are answered one after the other', async () => {
    const client = await server.connect();
    const auth = (password: string): string =>
      `<auth xmlns='${NS.sasl}' mechanism='PLAIN'>${Buffer.from(`\0alice\0${password}`).toString('base64')}</auth>`;
    client.send(`${header()}${auth('wrong')}${auth('porthole')}`);
    const names = [(await client.next()).name, (await client.next()).name, (await client.next()).name];
    expect(names).toEqual(['features', 'failure', 'success']);
  });

  it('attributes of somebody else’s in auth, and no XML declaration, are nobody’s harm', async () => {
    const client = await server.connect();
    await client.open();
    const more = "xmlns:ga='http://www.google.com/talk/protocol/auth' ga:client-uses-full-bind-result='true'";
    const message = Buffer.from('\0alice\0porthole').toString('base64');
    client.send(`<auth xmlns='${NS.sasl}' ${more} mechanism='PLAIN'>${message}</auth>`);
    expect((await client.next()).name).toBe('success');
  });

  it('dropping the connection without a word is seen as leaving', async () => {
    const alice = await server.enter('alice', 'a');
    const phone = await server.enter('alice', 'phone');
    await alice.takes(({ attrs }) => attrs.from === phone.jid);
    phone.drop();
    const gone = await alice.next();
    expect([gone.attrs.from, gone.attrs.type]).toEqual(['alice@localhost/phone', 'unavailable']);
  });

  it('when the server ends, everybody is told so', async () => {
    const alice = await XmppClient.login(server.tcpPort, 'alice');
    const closing = server.close();
    expect((await alice.next()).childIn(NS.streamErrors)?.name).toBe('system-shutdown');
    expect(await alice.arrival()).toBe('closed');
    await closing;
  });
});

describe('two people', () => {
  it('see each other after one has asked and the other has said yes', async () => {
    const alice = await server.enter('alice', 'a');
    const bob = await server.enter('bob', 'b');
    alice.send("<presence type='subscribe' to='bob@localhost'/>");
    expect(await alice.nextText()).toContain("<item jid='bob@localhost' subscription='none' ask='subscribe'/>");
    expect(await bob.nextText()).toBe("<presence type='subscribe' to='bob@localhost' from='alice@localhost'/>");
    bob.send("<presence type='subscribed' to='alice@localhost'/>");
    expect(await bob.nextText()).toContain("<item jid='alice@localhost' subscription='from'/>");
    expect(await alice.nextText()).toBe("<presence type='unavailable' from='bob@localhost' to='alice@localhost'/>");
    expect(await alice.nextText()).toBe("<presence type='subscribed' to='alice@localhost' from='bob@localhost'/>");
    expect(await alice.nextText()).toContain("<item jid='bob@localhost' subscription='to'/>");
    expect(await alice.nextText()).toMatch(/^<presence from='bob@localhost\/b' to='alice@localhost'>/);
  });

  it('write to each other, and what is written to nobody waits', async () => {
    const alice = await server.enter('alice', 'a');
    const bob = await server.enter('bob', 'b');
    alice.send("<message to='bob@localhost' type='chat' id='1'><body>hi</body></message>");
    expect(await bob.nextText()).toMatch(
      /^<message to='bob@localhost' type='chat' id='1' from='alice@localhost\/a'><body>hi<\/body><stanza-id /,
    );
    alice.send("<message to='carol@localhost' type='chat'><body>later</body></message>");
    await alice.settled();
    const carol = await server.login('carol');
    carol.send('<presence/>');
    expect((await carol.next()).name).toBe('presence');
    expect(await carol.nextText()).toContain('<body>later</body>');
  });

  it('ask for what nobody knows and are told so', async () => {
    const alice = await server.login('alice');
    const answer = await alice.ask('get', "<query xmlns='urn:nothing'/>", 'localhost');
    expect(serialize(answer)).toContain('<service-unavailable ');
  });
});

describe('the test mode', () => {
  it('lets anybody in with any password, by PLAIN only, and forgets everything some time after the last one has left', async () => {
    const clock = manualScheduler();
    let timesEmpty = 0;
    const later: Scheduler['later'] = (delayMs, run) => {
      if (delayMs === FORGET_AFTER_MS) timesEmpty += 1;
      return clock.later(delayMs, run);
    };
    const test = await startTestServer({ testMode: true, scheduler: { soon: systemScheduler.soon, later } });
    const logIn = (user: string, password: string) => XmppClient.login(test.tcpPort, user, { password });
    const contacts = async (client: XmppClient) => {
      const roster = await client.ask('get', "<query xmlns='jabber:iq:roster'/>");
      return roster.child('query', NS.roster)?.elements.length;
    };
    const leave = async (client: XmppClient) => {
      const before = timesEmpty;
      client.close();
      while (timesEmpty === before) await turn();
    };
    const ann = await logIn('ann', 'whatever');
    await ann.ask('set', "<query xmlns='jabber:iq:roster'><item jid='ben@localhost'/></query>");
    ann.send("<message to='ben@localhost' type='chat'><body>for ben</body></message>");
    await ann.settled();
    await leave(ann);
    clock.pass(FORGET_AFTER_MS - 1);
    const back = await logIn('ann', 'another');
    clock.pass(FORGET_AFTER_MS);
    expect(await contacts(back)).toBe(1);
    await leave(back);
    clock.pass(FORGET_AFTER_MS);
    const again = await logIn('ann', 'x');
    expect(await contacts(again)).toBe(0);
    const ben = await logIn('ben', 'x');
    ben.send('<presence/>');
    expect((await ben.settled()).map((text) => text.slice(0, 9))).toEqual(['<presence']);
    again.close();
    ben.close();
    await test.close();
  });
});
