/** A chat room of lines: what one says, the others hear. */

import type { Bench } from '../bench.ts';
import { type Challenge, oneByOne, printed, printedSlowly, stage, vanishing } from '../challenge.ts';
import { ChatPeople } from '../chat-people.ts';
import { quoted } from '../quote.ts';
import { say } from '../words.ts';

const NAMES = ['anna', 'bert', 'cleo', 'dora', 'emil', 'fritz', 'gina', 'hugo'];

/** Write a chat room. */
export const chatRoom: Challenge = {
  id: 'chat-room',
  transport: 'tcp',
  writes: 'server',
  title: say('A chat room', '聊天室'),
  protocol: say(
    'Everything is lines that end with \\n. A client’s first line is its nick: 1 to 20 lower-case letters or digits. Answer it welcome NICK, and tell all who are in the room * NICK joined. Where somebody in the room has that nick, answer nick taken and close.\n\nEvery further line is heard by all others in the room as NICK: line, and not by the one who said it. When a client goes (FIN or RST), tell the others * NICK left, and close. Who has not given a nick yet is not in the room: hears nothing, and nobody is told when they go.',
    '一切都是以 \\n 结尾的行。客户端的第一行是昵称：1 到 20 个小写字母或数字。回答 welcome NICK，并告诉房间里的其他人 * NICK joined。房间里已有人用这个昵称时，回答 nick taken 并关闭连接。\n\n之后的每一行，房间里的其他人都收到 NICK: 内容，说话的人自己收不到。客户端离开时（FIN 或 RST），告诉其他人 * NICK left，并关闭连接。还没给出昵称的不算在房间里：什么都听不到，走的时候也不通知别人。',
  ),
  stages: [
    stage('welcome', say('A nick is welcomed', '报上昵称，得到欢迎'), welcome, printed('anna\\n')),
    stage('heard', say('What one says, another hears', '一个人说，另一个人听到'), heard, twoClients),
    stage(
      'not-oneself',
      say('Who says it does not hear it', '自己说的自己听不到'),
      notOneself,
      printedSlowly('anna\\n', 'hello\\n'),
    ),
    stage('everyone', say('Eight in the room', '房间里有八个人'), everyone, twoClients),
    stage('cut', say('Lines that come in pieces', '分段到达的行'), cut, printedSlowly('an', 'na\\nhel', 'lo\\nbye\\n')),
    stage('left', say('Who leaves is missed', '有人离开'), left, twoClients),
    stage(
      'vanished',
      say('And who vanishes, too', '有人突然消失'),
      vanished,
      oneByOne(vanishing('anna\\n'), printed('bert\\n')),
    ),
    stage('taken', say('A nick is taken', '昵称被占用'), taken, twoClients),
    stage('nameless', say('Without a nick nobody is in the room', '没有昵称就不在房间里'), nameless, twoClients),
  ],
};

async function welcome(bench: Bench): Promise<void> {
  const room = new ChatPeople(bench);
  const anna = await room.enter('anna');
  const more = await room.overhears(anna);
  if (more !== '') bench.fail('too-much', { count: `${more.length} B`, got: quoted(more) });
  await room.leave();
}

async function heard(bench: Bench): Promise<void> {
  const room = new ChatPeople(bench);
  const [anna, bert] = [await room.enter('anna'), await room.enter('bert')];
  await room.says(anna, 'hello bert', bert);
  await room.says(bert, 'hello: you', anna);
  await room.leave();
}

async function notOneself(bench: Bench): Promise<void> {
  const room = new ChatPeople(bench);
  const [anna, bert] = [await room.enter('anna'), await room.enter('bert')];
  await room.says(anna, 'one', bert);
  const own = await room.overhears(anna);
  if (own !== '') bench.fail('hears-itself', { got: quoted(own) });
  await room.leave();
}

async function everyone(bench: Bench): Promise<void> {
  const room = new ChatPeople(bench);
  const people = [];
  for (const name of NAMES) people.push(await room.enter(name));
  for (const person of people) {
    const others = people.filter((other) => other !== person);
    const text = `it is ${person.nick}`;
    await person.peer.send(`${text}\n`);
    const why = say(`${person.nick} said something`, `${person.nick} 说了话`);
    for (const other of others) await room.hears(other, `${person.nick}: ${text}`, why);
  }
  await room.leave();
}

async function cut(bench: Bench): Promise<void> {
  const room = new ChatPeople(bench);
  const bert = await room.enter('bert');
  const anna = { nick: room.nick('anna'), peer: await bench.connect() };
  const octets = Buffer.from(`${anna.nick}\nhello\nand 你\nbye\n`);
  await anna.peer.sendPieces(octets, [2, 10, octets.length - 19, 2, 5]);
  await room.welcomed(anna);
  const why = say('anna sent lines in pieces', 'anna 分段发来几行');
  for (const text of ['hello', 'and 你', 'bye']) await room.hears(bert, `${anna.nick}: ${text}`, why);
  await room.leave();
}

async function left(bench: Bench): Promise<void> {
  const room = new ChatPeople(bench);
  const [anna, bert] = [await room.enter('anna'), await room.enter('bert')];
  bert.peer.finish();
  room.gone(bert);
  await room.hears(anna, `* ${bert.nick} left`, say('bert sent a FIN', 'bert 发出了 FIN'));
  await bert.peer.expectFin();
  await room.enter('bert');
  await room.leave();
}

async function vanished(bench: Bench): Promise<void> {
  const room = new ChatPeople(bench);
  const [anna, bert] = [await room.enter('anna'), await room.enter('bert')];
  bert.peer.reset();
  room.gone(bert);
  await room.hears(anna, `* ${bert.nick} left`, say('bert sent a RST', 'bert 发出了 RST'));
  await room.says(anna, 'still here', await room.enter('cleo'));
  await room.leave();
}

async function taken(bench: Bench): Promise<void> {
  const room = new ChatPeople(bench);
  const anna = await room.enter('anna');
  const other = await bench.connect();
  await other.send(`${anna.nick}\n`);
  await other.expectLine('nick taken', `${anna.nick}\n`);
  await other.expectFin();
  const news = await room.overhears(anna);
  if (news !== '') bench.fail('too-much', { count: `${news.length} B`, got: quoted(news) });
  await room.leave();
}

async function nameless(bench: Bench): Promise<void> {
  const room = new ChatPeople(bench);
  const stranger = await bench.connect();
  const [anna, bert] = [await room.enter('anna'), await room.enter('bert')];
  await room.says(anna, 'secret', bert);
  const overheard = await room.overhears({ peer: stranger });
  if (overheard !== '') bench.fail('overheard', { got: quoted(overheard) });
  stranger.finish();
  const news = await room.overhears(anna);
  if (news !== '') bench.fail('too-much', { count: `${news.length} B`, got: quoted(news) });
  await room.leave();
}

function twoClients({ address, port }: { address: string; port: number }): string {
  const first = `(printf 'anna\\n'; sleep 3) | nc -w 4 ${address} ${port} & sleep 0.5`;
  return `${first}; (printf 'bert\\n'; sleep 0.5; printf 'hello anna\\n') | nc -w 2 ${address} ${port}; wait`;
}
