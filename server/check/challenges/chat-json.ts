/** The chat by JSON, a part of docs/chat-json.md: Porthole’s own on TCP 7021 passes it. */
import type { Bench } from '../bench.ts';
import { type Challenge, printed, printedSlowly, stage } from '../challenge.ts';
import { JsonPerson } from '../json-person.ts';
import { quoted } from '../quote.ts';
import { say } from '../words.ts';

const LOGIN = '{"type":"login","id":"1","user":"alice","password":"porthole"}\\n';
const HELLO_BOB = '{"type":"message","id":"m1","to":"bob","body":"hello"}\\n';

/** Write a messaging server. */
export const chatJson: Challenge = {
  id: 'chat-json',
  transport: 'tcp',
  writes: 'server',
  title: say('Messages by JSON', 'JSON 消息协议'),
  protocol: say(
    'One JSON object a line, in UTF-8, ended by \\n (a \\r before it is white space). This is a part of the protocol of Porthole’s own chat on port 7021, described in docs/chat-json.md; more members and other objects than these are allowed. Every answer to a request with an id has the same value in re.\n\nTo who connects, say {"type":"hello"}. Accounts are alice, bob and carol, each with the password porthole: {"type":"login","id","user","password"} is answered {"type":"welcome","re","user"}, or {"type":"error","re","code":"wrong-credentials"}. {"type":"ping","id"} is answered {"type":"pong","re"}, before a login too. Any other request before it is answered an error with the code not-logged-in; what is no JSON, not-json; a type that is not here, unknown-type. The connection stays open after an error.\n\n{"type":"message","id","to","body"} is acknowledged {"type":"ack","re","id","status"}, where id is the server’s own and new for each message. If the recipient is here, every session of theirs gets {"type":"message","id","from","to","body"} with that id, and the status is delivered. Else it is stored: it is sent, with "delayed":true, right after their next welcome. The same id from the same user again is acknowledged with the first id and the status repeated, and delivered to nobody. To an unknown user: an error with the code no-such-user.',
    '每行一个 JSON 对象，UTF-8 编码，以 \\n 结尾（前面的 \\r 算空白）。这是 Porthole 自己在端口 7021 上的聊天协议的一部分，见 docs/chat-json.md；允许有更多成员和其他对象。带 id 的请求，其回答的 re 与 id 相同。\n\n有人连上就说 {"type":"hello"}。账号有 alice、bob、carol，密码都是 porthole：{"type":"login","id","user","password"} 回答 {"type":"welcome","re","user"}，或者 {"type":"error","re","code":"wrong-credentials"}。{"type":"ping","id"} 回答 {"type":"pong","re"}，登录之前也一样。登录之前的其他请求回答 code 为 not-logged-in 的 error；不是 JSON 的回答 not-json；这里没有的 type 回答 unknown-type。出错之后连接保持打开。\n\n{"type":"message","id","to","body"} 用 {"type":"ack","re","id","status"} 确认，其中 id 是服务器自己的，每条消息都不同。收件人在线时，他的每个会话都收到 {"type":"message","id","from","to","body"}，id 就是那个 id，status 为 delivered。不在线则为 stored：在他下一次 welcome 之后立即发给他，带 "delayed":true。同一用户再次发来同样的 id，用第一次的 id 确认，status 为 repeated，不再投递。收件人不存在：回答 code 为 no-such-user 的 error。',
  ),
  stages: [
    stage('hello', say('The server speaks first', '服务器先开口'), hello, printed('')),
    stage('login', say('alice logs in', 'alice 登录'), login, printed(LOGIN)),
    stage(
      'wrong-password',
      say('A wrong password', '错误的密码'),
      wrongPassword,
      printed(LOGIN.replace('porthole', 'wrong')),
    ),
    stage('ping', say('A sign of life', '心跳'), ping, printed('{"type":"ping","id":"1"}\\n')),
    stage('message', say('alice writes to bob', 'alice 给 bob 写消息'), message, printedSlowly(LOGIN, HELLO_BOB)),
    stage(
      'cut',
      say('Objects that come in pieces', '分段到达的对象'),
      cut,
      printedSlowly('{"type":"pi', 'ng","id":"1"}\\n{"type":"ping"', ',"id":"2"}\\n'),
    ),
    stage('sessions', say('bob has two sessions', 'bob 有两个会话'), sessions, printedSlowly(LOGIN, HELLO_BOB)),
    stage(
      'stored',
      say('carol is not here yet', 'carol 还不在线'),
      stored,
      printedSlowly(LOGIN, HELLO_BOB.replace('bob', 'carol')),
      20,
    ),
    stage(
      'repeated',
      say('The same message again', '同一条消息再发一次'),
      repeated,
      printedSlowly(LOGIN, HELLO_BOB, HELLO_BOB),
      20,
    ),
    stage(
      'errors',
      say('What makes no sense is answered, and survived', '不合协议的要回答，且不崩溃'),
      errors,
      printed('nonsense\\n{"type":"dance","id":"1"}\\n'),
    ),
  ],
};

async function hello(bench: Bench): Promise<void> {
  const visitor = await JsonPerson.arrive(bench);
  await visitor.leaves();
}

async function login(bench: Bench): Promise<void> {
  const alice = await JsonPerson.login(bench, 'alice');
  await alice.leaves();
}

async function wrongPassword(bench: Bench): Promise<void> {
  const visitor = await JsonPerson.arrive(bench);
  const attempt = { type: 'login', id: 'a', user: 'alice', password: 'guess' };
  await visitor.asks(attempt, { type: 'error', re: 'a', code: 'wrong-credentials' });
  await visitor.asks({ ...attempt, id: 'b', password: 'porthole' }, { type: 'welcome', re: 'b', user: 'alice' });
  await visitor.leaves();
}

async function ping(bench: Bench): Promise<void> {
  const visitor = await JsonPerson.arrive(bench);
  for (const id of ['1', 'two']) await visitor.asks({ type: 'ping', id }, { type: 'pong', re: id });
  await visitor.leaves();
}

async function message(bench: Bench): Promise<void> {
  const [alice, bob] = [await JsonPerson.login(bench, 'alice'), await JsonPerson.login(bench, 'bob')];
  const body = textOf(bench, 'hello "bob",\n你好 \\');
  const sent = { type: 'message', id: idOf(bench), to: 'bob', body };
  const ack = await alice.asks(sent, { type: 'ack', re: sent.id, status: 'delivered' });
  const got = await bob.hearsMessage('alice', body, JSON.stringify(sent));
  if (typeof ack.id !== 'string' || got.id !== ack.id || got.to !== 'bob')
    bench.fail('ids-differ', { ack: quoted(JSON.stringify(ack)), got: quoted(JSON.stringify(got)) });
  await Promise.all([alice.leaves(), bob.leaves()]);
}

async function cut(bench: Bench): Promise<void> {
  const visitor = await JsonPerson.arrive(bench);
  const octets = Buffer.from('{"type":"ping","id":"你"}\r\n{"type":"ping","id":"2"}\n{"type":"ping","id":"3"}\n');
  await visitor.peer.sendPieces(octets, [8, 13, 20, octets.length - 41]);
  for (const re of ['你', '2', '3']) await visitor.hears({ type: 'pong', re }, 'ping');
  await visitor.leaves();
}

async function sessions(bench: Bench): Promise<void> {
  const alice = await JsonPerson.login(bench, 'alice');
  const bobs = [await JsonPerson.login(bench, 'bob'), await JsonPerson.login(bench, 'bob')];
  const body = textOf(bench, 'to all of you');
  const sent = { type: 'message', id: idOf(bench), to: 'bob', body };
  await alice.asks(sent, { type: 'ack', re: sent.id, status: 'delivered' });
  for (const bob of bobs) await bob.hearsMessage('alice', body, JSON.stringify(sent));
  await Promise.all([alice, ...bobs].map((person) => person.leaves()));
}

async function stored(bench: Bench): Promise<void> {
  const alice = await JsonPerson.login(bench, 'alice');
  const bodies = [textOf(bench, 'first'), textOf(bench, 'second')];
  for (const [at, body] of bodies.entries()) {
    const id = `${idOf(bench)}-${at}`;
    await alice.asks({ type: 'message', id, to: 'carol', body }, { type: 'ack', re: id, status: 'stored' });
  }
  const carol = await JsonPerson.login(bench, 'carol');
  for (const body of bodies) {
    const got = await carol.hearsMessage('alice', body, '(carol logs in)');
    if (got.delayed !== true) bench.fail('not-delayed', { got: quoted(JSON.stringify(got)) });
  }
  await Promise.all([alice.leaves(), carol.leaves()]);
}

async function repeated(bench: Bench): Promise<void> {
  const [alice, bob] = [await JsonPerson.login(bench, 'alice'), await JsonPerson.login(bench, 'bob')];
  const body = textOf(bench, 'once');
  const sent = { type: 'message', id: idOf(bench), to: 'bob', body };
  const first = await alice.asks(sent, { type: 'ack', re: sent.id, status: 'delivered' });
  await bob.hearsMessage('alice', body, JSON.stringify(sent));
  await alice.asks(sent, { type: 'ack', re: sent.id, status: 'repeated', id: first.id });
  const more = (await bob.overhears()).filter((object) => object.type === 'message');
  if (more.length > 0) bench.fail('delivered-twice', { got: quoted(JSON.stringify(more[0])) });
  await Promise.all([alice.leaves(), bob.leaves()]);
}

async function errors(bench: Bench): Promise<void> {
  const visitor = await JsonPerson.arrive(bench);
  const early = { type: 'message', id: 'early', to: 'bob', body: 'hello' };
  await visitor.asks(early, { type: 'error', re: 'early', code: 'not-logged-in' });
  await visitor.peer.send('this is no JSON\n');
  await visitor.hears({ type: 'error', code: 'not-json' }, 'this is no JSON');
  const alice = await JsonPerson.login(bench, 'alice');
  await alice.asks({ type: 'dance', id: 'd' }, { type: 'error', re: 'd', code: 'unknown-type' });
  const lost = { type: 'message', id: idOf(bench), to: bench.dice.letters(12), body: 'anybody?' };
  await alice.asks(lost, { type: 'error', re: lost.id, code: 'no-such-user' });
  await alice.asks({ type: 'ping', id: 'p' }, { type: 'pong', re: 'p' });
  await Promise.all([visitor.leaves(), alice.leaves()]);
}

/** New in every run: the server remembers what it has seen. */
function idOf({ dice, clock }: Bench): string {
  return `${dice.letters(6)}-${clock.wallMs().toString(36)}`;
}

/** Told apart from what an earlier run has left behind. */
function textOf(bench: Bench, text: string): string {
  return `${text} (${idOf(bench)})`;
}
