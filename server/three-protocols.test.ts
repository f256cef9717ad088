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

it('three people, each with another protocol, who all talk at once, see the same order', async () => {
  const lines = await TcpClient.connect(playground.address('chat-lines', 'tcp').port);
  lines.send('lena\n');
  await lines.line(/You are lena/);
  const json = await TcpClient.connect(playground.address('chat-json', 'tcp').port);
  json.send('{"type":"login","user":"bob","password":"porthole"}\n{"type":"join","room":"#lobby"}\n');
  await lines.line('* bob joined');
  const xmpp = await XmppClient.login(playground.address('xmpp', 'tcp').port, 'alice', { resource: 'desk' });
  xmpp.send("<presence to='lobby@conference.localhost/alice'><x xmlns='http://jabber.org/protocol/muc'/></presence>");
  await lines.line('* alice joined');
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
