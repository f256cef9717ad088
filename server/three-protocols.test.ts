/** One room, three protocols: lines, JSON and XMPP. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { TcpClient } from './demos/testing/tcp-client.ts';
import { XmppClient } from './demos/xmpp/testing/xmpp-client.ts';
import { startTestPlayground, type TestPlayground } from './testing/playground.ts';

const MESSAGES_EACH = 100;

let playground: TestPlayground;

beforeAll(async () => {
  playground = await startTestPlayground();
});

afterAll(() => playground.close());

/** Lena by lines, bob by JSON, alice by XMPP. */
async function threeInTheLobby(): Promise<{ lines: TcpClient; json: TcpClient; xmpp: XmppClient }> {
  const lines = await TcpClient.connect(playground.address('chat-lines', 'tcp').port);
  lines.send('lena\n');
  await lines.line(/You are lena/);
  const json = await TcpClient.connect(playground.address('chat-json', 'tcp').port);
  json.send('{"type":"login","user":"bob","password":"porthole"}\n{"type":"join","room":"#lobby"}\n');
  await lines.line('* bob joined');
  const xmpp = await XmppClient.login(playground.address('xmpp', 'tcp').port, 'alice', { resource: 'desk' });
  xmpp.send("<presence to='lobby@conference.localhost/alice'><x xmlns='http://jabber.org/protocol/muc'/></presence>");
  await lines.line('* alice joined');
  return { lines, json, xmpp };
}

it('three people, each with another protocol, who all talk at once, see the same order', async () => {
  const { lines, json, xmpp } = await threeInTheLobby();
  for (let number = 0; number < MESSAGES_EACH; number += 1) {
    lines.send(`said ${number}\n`);
    json.send(`{"type":"message","id":"j${number}","to":"#lobby","body":"said ${number}"}\n`);
    xmpp.send(
      `<message to='lobby@conference.localhost' type='groupchat' id='x${number}'><body>said ${number}</body></message>`,
    );
  }
  const heardByXmpp: string[] = [];
  while (heardByXmpp.length < 3 * MESSAGES_EACH) {
    const said = await xmpp.takes((one) => one.childText('body')?.startsWith('said ') === true);
    heardByXmpp.push(`${said.attrs.from?.split('/')[1]} ${said.childText('body')}`);
  }
  const heardByLines = (): string[] =>
    lines.lines.flatMap((line) => /^<(\w+)> (said \d+)$/.exec(line)?.slice(1).join(' ') ?? []);
  const heardByJson = (): string[] =>
    json.text.split('\n').flatMap((line) => {
      const [, from, body] = /"type":"message".*"from":"(\w+)".*"body":"(said \d+)"/.exec(line) ?? [];
      return from ? [`${from} ${body}`] : [];
    });
  const but = (name: string): string[] => heardByXmpp.filter((said) => !said.startsWith(`${name} `));
  await lines.until(() => heardByLines().length >= 2 * MESSAGES_EACH);
  await json.until(() => heardByJson().filter((said) => !said.startsWith('bob ')).length >= 2 * MESSAGES_EACH);
  expect(heardByLines()).toEqual(but('lena'));
  expect(heardByJson().filter((said) => !said.startsWith('bob '))).toEqual(but('bob'));
  for (const name of ['lena', 'bob', 'alice']) {
    expect(heardByXmpp.filter((said) => said.startsWith(`${name} `))).toEqual(
      Array.from({ length: MESSAGES_EACH }, (_, number) => `${name} said ${number}`),
    );
  }
  lines.close();
  json.close();
  xmpp.close();
});

it('whoever is put out is told by whom, in each protocol; so are the others', async () => {
  const { lines, json, xmpp } = await threeInTheLobby();
  const kick = (nick: string): void => {
    const item = `<item nick='${nick}' role='none'><reason>enough</reason></item>`;
    const query = `<query xmlns='http://jabber.org/protocol/muc#admin'>${item}</query>`;
    xmpp.send(`<iq type='set' id='k' to='lobby@conference.localhost'>${query}</iq>`);
  };
  kick('lena');
  await lines.line('* You were put out by alice: enough');
  await json.until(() => json.text.includes('"nick":"lena","event":"left","detail":"enough","by":"alice"'));
  kick('bob');
  await json.until(() =>
    json.text.includes('"type":"left","room":"#lobby","cause":"kicked","reason":"enough","by":"alice"'),
  );

  const alice = await TcpClient.connect(playground.address('chat-lines', 'tcp').port);
  alice.send('/login alice porthole\n');
  await alice.line(/You are alice/);
  json.send('{"type":"join","room":"#lobby"}\n');
  await alice.line('* bob joined');
  alice.send('/kick bob twice is enough\n');
  await json.until(() => json.text.includes('"reason":"twice is enough","by":"alice"'));
  const gone = await xmpp.takes((one) => one.attrs.type === 'unavailable' && one.attrs.from?.endsWith('/bob') === true);
  const again = await xmpp.takes(
    (one) => one.attrs.type === 'unavailable' && one.attrs.from?.endsWith('/bob') === true,
  );
  for (const [presence, reason] of [
    [gone, 'enough'],
    [again, 'twice is enough'],
  ] as const) {
    const about = presence.child('x', 'http://jabber.org/protocol/muc#user');
    expect(about?.child('status')?.attrs.code).toBe('307');
    expect(about?.child('item')?.child('actor')?.attrs.nick).toBe('alice');
    expect(about?.child('item')?.childText('reason')).toBe(reason);
  }
  for (const one of [lines, json, alice, xmpp]) one.close();
});
