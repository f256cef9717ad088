import { randomBytes } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Chat } from '../../chat/chat.ts';
import { manualScheduler } from '../../chat/testing/manual-scheduler.ts';
import { testCertificate } from '../testing/certificate.ts';
import { FakeConnection } from '../testing/fake-connection.ts';
import { heldBufferBytes } from '../testing/held-bytes.ts';
import {
  CLOSE_WITHIN_MS,
  MAX_AUTH_FAILURES_PER_ADDRESS,
  MAX_HALF_OPEN_PER_ADDRESS,
  MAX_LOGIN_MS,
  MAX_LOGIN_STEP_MS,
  MAX_QUEUED_BYTES,
} from './limits.ts';
import { NS } from './namespaces.ts';
import { startTestServer, type TestServer } from './testing/test-server.ts';
import { header } from './testing/xmpp-client.ts';
import { createXmpp } from './xmpp.ts';

/** A demo with a clock that stands still until the test moves it. */
function startFrozen() {
  const scheduler = manualScheduler();
  let nowMs = 0;
  const now = (): Date => new Date(nowMs);
  const chat = new Chat({ scheduler, now, random: randomBytes });
  const demo = createXmpp({ chat, version: 'test', scheduler }).start({ now, certificate: testCertificate });
  const connect = (): FakeConnection => {
    const connection = new FakeConnection();
    demo.connection?.(connection);
    return connection;
  };
  const pass = (ms: number): void => {
    nowMs += ms;
    scheduler.pass(ms);
  };
  return { connect, pass, close: () => demo.close?.() };
}

const text = (connection: FakeConnection): string => connection.received.toString();

describe('who does not log in', () => {
  it('an octet a second is cut off when the time for a step is over, however alive it is', async () => {
    const server = startFrozen();
    const slow = server.connect();
    const octets = Buffer.from(`${header()}<auth xmlns='${NS.sasl}' mechanism='PLAIN'>AAAA`);
    for (let second = 0; second * 1_000 < MAX_LOGIN_STEP_MS - 1_000; second += 1) {
      await slow.receive(octets.subarray(second, second + 1));
      server.pass(1_000);
    }
    expect(slow.finished).toBe(false);
    server.pass(1_000);
    await slow.receive(' ');
    expect(text(slow)).toContain('<connection-timeout ');
    expect(text(slow)).toContain('</stream:stream>');
    expect(slow.finished).toBe(true);
    server.close();
  });

  it('in step after step is cut off when the time for all of them is over', async () => {
    const server = startFrozen();
    const slow = server.connect();
    await slow.receive(header());
    for (let passedMs = 0; passedMs < MAX_LOGIN_MS - 1_000; passedMs += 1_000) {
      await slow.receive(
        passedMs % 50_000 === 0 ? "<iq type='get' id='r'><query xmlns='jabber:iq:register'/></iq>" : ' ',
      );
      server.pass(1_000);
    }
    expect(slow.finished).toBe(false);
    server.pass(1_000);
    await slow.receive(' ');
    expect(text(slow)).toContain('<connection-timeout ');
    server.close();
  });

  it('makes the oldest of too many logins go, so that who is quick still gets in', async () => {
    const server = startFrozen();
    const crowd = Array.from({ length: 5_000 }, () => server.connect());
    await crowd.at(-1)?.receive(' ');
    const open = crowd.filter(({ finished }) => !finished);
    expect(open).toHaveLength(MAX_HALF_OPEN_PER_ADDRESS);
    expect(open).toEqual(crowd.slice(-MAX_HALF_OPEN_PER_ADDRESS));
    expect(text(crowd[0] as FakeConnection)).toContain('<resource-constraint ');
    const quick = server.connect();
    await quick.receive(header());
    expect(text(quick)).toContain('<mechanisms ');
    server.close();
  });

  it('keeps no connection open when its stream is over', async () => {
    const server = startFrozen();
    const client = server.connect();
    await client.receive('GET / HTTP/1.1');
    expect([client.finished, client.destroyed]).toEqual([true, false]);
    server.pass(CLOSE_WITHIN_MS);
    expect(client.resetReason).toBe('did-not-close');
    server.close();
  });

  it('waits a minute after too many wrong passwords from its address', async () => {
    const server = await startTestServer();
    const wrong = Buffer.from('\0nobody\0wrong').toString('base64');
    const attempt = async (message: string): Promise<string | undefined> => {
      const client = await server.connect();
      await client.open();
      client.send(`<auth xmlns='${NS.sasl}' mechanism='PLAIN'>${message}</auth>`);
      const answer = await client.next();
      client.drop();
      return answer.elements[0]?.name;
    };
    const outcomes = new Set<string | undefined>();
    for (let count = 0; count < MAX_AUTH_FAILURES_PER_ADDRESS; count += 20) {
      for (const outcome of await Promise.all(Array.from({ length: 20 }, () => attempt(wrong)))) outcomes.add(outcome);
    }
    expect([...outcomes]).toEqual(['not-authorized']);
    expect(await attempt(Buffer.from('\0alice\0porthole').toString('base64'))).toBe('temporary-auth-failure');
    await server.close();
  });
});

describe('a stream of somebody who means ill', () => {
  let server: TestServer;

  beforeEach(async () => {
    server = await startTestServer();
  });

  afterEach(() => server.close());

  it.each([
    ['a billion laughs', '<!DOCTYPE l [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;&a;">]><l>&b;</l>', 'restricted-xml'],
    ['an external entity', '<!DOCTYPE l [<!ENTITY a SYSTEM "file:///etc/passwd">]><l>&a;</l>', 'restricted-xml'],
    ['an attribute of 20 MB', `<message a='${'x'.repeat(20_000_000)}'/>`, 'policy-violation'],
    ['100,000 elements in each other', '<a>'.repeat(100_000), 'policy-violation'],
    ['octets that are no UTF-8', Buffer.from([0x3c, 0x61, 0xff, 0xfe]), 'unsupported-encoding'],
  ])('ends with a reason: %s', async (_, payload, condition) => {
    for (const client of [await server.connect(), await server.login('alice')]) {
      if (client.jid === '') await client.open();
      client.send(payload as string);
      const error = await client.takes(({ name }) => name === 'error');
      expect(error.childIn(NS.streamErrors)?.name).toBe(condition);
      await client.over();
    }
    expect(await (await server.login('bob')).settled()).toEqual([]);
  });

  it('that sends a command before TLS is up does not get it done after (CVE-2011-0411)', async () => {
    const client = await server.connect();
    await client.open();
    const auth = `<auth xmlns='${NS.sasl}' mechanism='PLAIN'>AGFsaWNlAHBvcnRob2xl</auth>`;
    client.send(`<starttls xmlns='${NS.tls}'/>${auth}`);
    expect((await client.next()).childIn(NS.streamErrors)?.name).toBe('policy-violation');
    expect(await client.arrival()).toBe('closed');
  });

  it.each(['no TLS', 'TLS'])(
    'that does not read is cut off with a reason, with %s, while everybody else goes on',
    async (security) => {
      const stalled = await server.connect();
      if (security === 'TLS') {
        await stalled.open();
        await stalled.startTls();
      }
      await stalled.logIn('alice');
      await stalled.bind('stalled');
      stalled.socket.pause();
      const bob = await server.enter('bob', 'b');
      const carol = await server.enter('carol', 'c');
      const body = 'x'.repeat(100_000);
      const rounds = Math.ceil((MAX_QUEUED_BYTES * 3) / body.length);
      for (let round = 0; round < rounds; round += 1) {
        bob.send(`<message to='alice@localhost/stalled' type='chat'><body>${body}</body></message>`);
      }
      carol.send("<message to='bob@localhost' type='chat'><body>still there?</body></message>");
      await bob.takes((one) => one.childText('body') === 'still there?');
      await expect.poll(() => server.events()).toContain('reset to-client stopped-reading');
      expect(await carol.settled()).toEqual([]);
    },
  );

  it('leaves no buffers behind', async () => {
    const before = heldBufferBytes();
    for (let round = 0; round < 20; round += 1) {
      const client = await server.connect();
      client.send(`${header()}<a b='${'x'.repeat(500_000)}`);
      await client.over();
    }
    // The server lets go of a connection when it has heard of its end, which may be after the client.
    await expect.poll(heldBufferBytes).toBeLessThan(before + 2_000_000);
  });
});
