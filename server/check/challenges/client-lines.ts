/** The reverse of line framing: the learner’s client is asked questions, in lines cut anywhere. */
import type { Bench } from '../bench.ts';
import { type Challenge, stage } from '../challenge.ts';
import type { Peer } from '../peer.ts';
import { say } from '../words.ts';

/** Write a client that calculates. */
export const clientLines: Challenge = {
  id: 'client-lines',
  transport: 'tcp',
  writes: 'client',
  title: say('A client that reads lines', '按行读取的客户端'),
  protocol: say(
    'Here Porthole is the server. Connect; it sends lines that end with \\n. To add A B, two whole numbers from 0 to 999,999, your client answers one line, their sum in decimal. At bye it closes the connection.\n\nThe server’s lines come in any pieces. Start your client once for every stage.',
    '这一次 Porthole 是服务器。连接之后，它会发来以 \\n 结尾的行。收到 add A B（两个 0 到 999,999 的整数），你的客户端回答一行：两数之和（十进制）。收到 bye 就关闭连接。\n\n服务器的行可能以任意方式分段。每一关运行一次你的客户端。',
  ),
  stages: [
    stage('one', say('One question', '一个问题'), one, nothing),
    stage('joined', say('Three questions in one segment', '一段里有三个问题'), joined, nothing),
    stage('cut', say('Questions cut anywhere', '任意切分的问题'), cut, nothing),
  ],
};

async function one(bench: Bench): Promise<void> {
  const client = await bench.accept();
  const [a, b] = numbers(bench);
  await client.send(`add ${a} ${b}\n`);
  await client.expectLine(String(a + b), `add ${a} ${b}\n`);
  await goodbye(client);
}

async function joined(bench: Bench): Promise<void> {
  const client = await bench.accept();
  const questions = [numbers(bench), numbers(bench), numbers(bench)];
  const text = questions.map(([a, b]) => `add ${a} ${b}\n`).join('');
  await client.send(text);
  for (const [a, b] of questions) await client.expectLine(String(a + b), `add ${a} ${b}\n`);
  await goodbye(client);
}

async function cut(bench: Bench): Promise<void> {
  const client = await bench.accept();
  const questions = [numbers(bench), numbers(bench), numbers(bench)];
  const text = Buffer.from(questions.map(([a, b]) => `add ${a} ${b}\n`).join(''));
  await client.sendPieces(text, bench.dice.cuts(text.length, 5), 8);
  for (const [a, b] of questions) await client.expectLine(String(a + b), `add ${a} ${b}\n`);
  await goodbye(client);
}

async function goodbye(client: Peer): Promise<void> {
  await client.sendPieces('bye\n', [2, 2]);
  await client.expectFin();
}

function numbers({ dice }: Bench): readonly [number, number] {
  return [dice.between(0, 999_999), dice.between(0, 999_999)];
}

function nothing(): string {
  return '';
}
