/** Half-close: the client has finished, the server has not. RFC 9293 §3.6. */
import type { Bench } from '../bench.ts';
import { type Challenge, finishingNc, stage } from '../challenge.ts';
import { CheckFailure } from '../failure.ts';
import type { Peer } from '../peer.ts';
import { quoted } from '../quote.ts';
import { say } from '../words.ts';

const LARGE_BYTES = 1024 * 1024;

/** Write a server that answers after the client’s FIN. */
export const halfClose: Challenge = {
  id: 'half-close',
  transport: 'tcp',
  writes: 'server',
  title: say('Half-close', '半关闭'),
  protocol: say(
    'Read until the client has finished (its FIN: your read answers 0). Only then answer one line, the number of octets that came, in decimal, with a line feed; then close. The client still reads after its FIN: a connection has two directions, and each ends on its own.',
    '一直读到客户端结束（收到 FIN，你的 read 返回 0）。这时才回答一行：收到的字节总数（十进制）加换行符，然后关闭。客户端发出 FIN 之后仍在读：连接有两个方向，各自结束。',
  ),
  stages: [
    stage('some', say('Five octets, then the FIN', '五个字节，然后 FIN'), some, count('hello')),
    stage('not-before', say('No answer before the FIN', 'FIN 之前不回答'), notBefore, count('hel')),
    stage('nothing', say('Nothing but a FIN', '只有 FIN'), nothing, count('')),
    stage(
      'octets',
      say('Octets are counted, not characters', '数的是字节，不是字符'),
      octets,
      count('\\344\\275\\240\\000'),
    ),
    stage('cut', say('Pieces of any size', '任意大小的段'), cut, count('abc')),
    stage('large', say('1 MiB', '1 MiB'), large, largeCommand, 20),
  ],
};

async function some(bench: Bench): Promise<void> {
  const client = await bench.connect();
  await client.send('hello');
  await total(bench, client, 5);
}

async function notBefore(bench: Bench): Promise<void> {
  const client = await bench.connect();
  await client.send('hel');
  const early = await client.listen();
  if (early.length > 0) bench.fail('answered-early', { sent: quoted('hel'), got: quoted(early) });
  await client.send('lo');
  await total(bench, client, 5);
}

async function nothing(bench: Bench): Promise<void> {
  await total(bench, await bench.connect(), 0);
}

async function octets(bench: Bench): Promise<void> {
  const client = await bench.connect();
  const text = Buffer.concat([Buffer.from('你好'), bench.dice.octets(94)]);
  await client.send(text);
  await total(bench, client, 100);
}

async function cut(bench: Bench): Promise<void> {
  const client = await bench.connect();
  const length = bench.dice.between(3_000, 5_000);
  await client.sendPieces(bench.dice.octets(length), bench.dice.cuts(length, 700), 2);
  await total(bench, client, length);
}

async function large(bench: Bench): Promise<void> {
  const client = await bench.connect();
  await client.send(bench.dice.octets(LARGE_BYTES));
  await total(bench, client, LARGE_BYTES);
}

/** Finishes, and waits for the number and the server’s own FIN. */
async function total(bench: Bench, client: Peer, length: number): Promise<void> {
  client.finish();
  try {
    await client.expectLine(String(length), `${length} × …, FIN`);
    await client.expectFin();
  } catch (error) {
    if (error instanceof CheckFailure && error.code === 'closed-silent') bench.fail('no-answer-after-fin');
    throw error;
  }
}

function count(text: string): (target: { address: string; port: number }) => string {
  return ({ address, port }) => `printf '${text}' | ${finishingNc()} -w 2 ${address} ${port}`;
}

function largeCommand({ address, port }: { address: string; port: number }): string {
  return `head -c ${LARGE_BYTES} /dev/zero | ${finishingNc()} -w 2 ${address} ${port}`;
}
