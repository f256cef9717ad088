/** Line framing: messages in a stream of octets, parted by line feeds. */
import type { Bench } from '../bench.ts';
import { type Challenge, printed, printedSlowly, stage } from '../challenge.ts';
import { quoted } from '../quote.ts';
import { say } from '../words.ts';

/** What comes without a line feed before the server must have lost its patience, in octets. */
const ENDLESS_BYTES = 64 * 1024;
const LONG_LINE_BYTES = 1_536;
const MANY_LINES = 40;

/** Write a server that keeps the boundaries. */
export const lines: Challenge = {
  id: 'lines',
  transport: 'tcp',
  writes: 'server',
  title: say('Lines', '按行分帧'),
  protocol: say(
    'A message is a line: octets up to a line feed (\\n). A carriage return right before the line feed belongs to the line’s end, not to the line. For every line, answer one line: the number of the line’s octets in decimal, a space, the line itself, a line feed. To hello\\n you answer 5 hello\\n; to an empty line, 0 and a space.\n\nA line may come in many pieces, and many lines in one; pieces may even cut a character in two. Answer nothing before the line feed has come. When more than 4,096 octets come without a line feed, close the connection: nobody may fill your memory.',
    '一条消息就是一行：直到换行符（\\n）为止的字节。紧挨在换行符前的回车属于行尾，不算行的内容。每来一行就回答一行：该行字节数的十进制、一个空格、这一行本身、一个换行符。对 hello\\n 回答 5 hello\\n；对空行回答 0 和一个空格。\n\n一行可能分成许多段到达，许多行也可能在一段里到达，甚至一个字符被切成两半。换行符没到之前什么都不要回答。如果来了 4,096 字节以上还没有换行符，就关闭连接：谁也不能把你的内存填满。',
  ),
  stages: [
    stage('one', say('One line, one answer', '一行，一个回答'), one, printed('hello\\n')),
    stage('two-in-one', say('Three lines in one segment', '一段里有三行'), joined, printed('one\\n\\nthree\\n')),
    stage('cut', say('One line in three segments', '一行分三段'), cut, printedSlowly('he', 'll', 'o\\n')),
    stage('crlf', say('Lines that end with \\r\\n', '以 \\r\\n 结尾的行'), crlf, printed('hello\\r\\nand\\rmore\\n')),
    stage(
      'octets',
      say('Octets are counted, not characters', '数的是字节，不是字符'),
      octets,
      printedSlowly('\\344\\275', '\\240\\n'),
    ),
    stage('long', say('A line of 1.5 KiB in two segments', '分两段到达的 1.5 KiB 长行'), long, longCommand),
    stage('byte-by-byte', say('Octet by octet', '逐字节到达'), byteByByte, printedSlowly('h', 'i', '\\n')),
    stage(
      'random',
      say('Forty lines, cut anywhere', '四十行，任意切分'),
      random,
      printedSlowly('a\\nb', 'c\\n', '\\nd\\n'),
      20,
    ),
    stage('endless', say('A line without an end', '没有结尾的行'), endless, endlessCommand, 20),
  ],
};

async function one(bench: Bench): Promise<void> {
  const client = await bench.connect();
  await client.send('hello\n');
  await client.expectLine('5 hello', 'hello\n');
  await client.expectNothingMore();
}

async function joined(bench: Bench): Promise<void> {
  const client = await bench.connect();
  await client.send('one\n\nthree\n');
  for (const answer of ['3 one', '0 ', '5 three']) await client.expectLine(answer, 'one\n\nthree\n');
}

async function cut(bench: Bench): Promise<void> {
  const client = await bench.connect();
  for (const piece of ['he', 'll']) {
    await client.send(piece);
    const early = await client.listen();
    if (early.length > 0) bench.fail('answered-early', { sent: quoted('hello\n'.slice(0, 4)), got: quoted(early) });
  }
  await client.send('o\n');
  await client.expectLine('5 hello', 'hello\n');
}

async function crlf(bench: Bench): Promise<void> {
  const client = await bench.connect();
  await client.send('hello\r\nand\rmore\n');
  await client.expectLine('5 hello', 'hello\r\n');
  await client.expectLine('8 and\rmore', 'and\rmore\n');
}

async function octets(bench: Bench): Promise<void> {
  const client = await bench.connect();
  const line = Buffer.from('你好, café\n');
  await client.sendPieces(line, [2, 3, line.length - 5]);
  await client.expectLine(`${line.length - 1} 你好, café`, '你好, café\n');
}

async function long(bench: Bench): Promise<void> {
  const client = await bench.connect();
  const line = bench.dice.letters(LONG_LINE_BYTES);
  await client.sendPieces(`${line}\n`, [1_024, LONG_LINE_BYTES - 1_023]);
  const answer = await client.line();
  if (answer === `${LONG_LINE_BYTES} ${line}`) return;
  if (answer.startsWith('1024 ')) bench.fail('first-piece-only', { got: '1 KiB', total: '1.5 KiB', pieces: 2 });
  bench.fail('wrong-line', {
    asked: quoted(line),
    expected: quoted(`${LONG_LINE_BYTES} ${line}`),
    got: quoted(answer),
  });
}

async function byteByByte(bench: Bench): Promise<void> {
  const client = await bench.connect();
  const text = 'hi\nthere\n';
  await client.sendPieces(
    text,
    Array.from(text, () => 1),
    3,
  );
  await client.expectLine('2 hi', 'hi\n');
  await client.expectLine('5 there', 'there\n');
}

async function random(bench: Bench): Promise<void> {
  const client = await bench.connect();
  const sent = Array.from({ length: MANY_LINES }, () => bench.dice.letters(bench.dice.between(0, 120)));
  const stream = Buffer.from(sent.map((line) => `${line}\n`).join(''));
  await client.sendPieces(stream, bench.dice.cuts(stream.length, 200), 2);
  for (const line of sent) await client.expectLine(`${line.length} ${line}`, `${line}\n`);
}

async function endless(bench: Bench): Promise<void> {
  const client = await bench.connect();
  client.push(Buffer.alloc(ENDLESS_BYTES, 'x'));
  if (!(await client.over())) bench.fail('no-bound', { sent: '64 KiB' });
  const next = await bench.connect();
  await next.send('next\n');
  await next.expectLine('4 next', 'next\n');
}

function longCommand({ address, port }: { address: string; port: number }): string {
  return `(printf '%01024d' 1; sleep 0.5; printf '%0512d\\n' 2) | nc -w 2 ${address} ${port}`;
}

function endlessCommand({ address, port }: { address: string; port: number }): string {
  return `(head -c ${ENDLESS_BYTES} /dev/zero; sleep 5) | nc -w 9 ${address} ${port}`;
}
