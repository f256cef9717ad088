/** Many clients at once, of an echo server. */
import type { Bench } from '../bench.ts';
import { type Challenge, oneByOne, printed, stage, vanishing } from '../challenge.ts';
import { CheckFailure } from '../failure.ts';
import type { Peer } from '../peer.ts';
import { say } from '../words.ts';

const MANY = 50;
/** How it shows that a server has ended, or closed a connection that had nothing to do with it. */
const ENDED: readonly string[] = ['reset', 'closed-silent', 'closed-after-answer', 'closed-early', 'refused-later'];
/** More than two sockets’ buffers take on any system. */
const UNREAD_BYTES = 12 * 1024 * 1024;

/** Write an echo server that serves many clients at once. */
export const crowd: Challenge = {
  id: 'crowd',
  transport: 'tcp',
  writes: 'server',
  title: say('Many clients at once', '同时服务许多客户端'),
  protocol: say(
    'The echo server of the first challenge, for up to a hundred connections at the same time. Each connection gets back its own octets and nobody else’s, however the others behave: silent, slow to read, gone without a word (RST).',
    '第一个挑战里的 echo 服务器，但要同时服务多达一百个连接。每个连接只收到自己的字节，不管别的连接怎样：沉默、读得慢、不辞而别（RST）。',
  ),
  stages: [
    stage('second', say('A second client beside a silent one', '沉默的客户端旁边的第二个'), second, besideAnother),
    stage('fifty', say('Fifty clients, each gets its own', '五十个客户端，各收各的'), fifty, many),
    stage('interleaved', say('Their pieces come in turns', '它们的数据交替到达'), interleaved, many),
    stage(
      'vanished',
      say('One vanishes, the others stay', '一个消失，其他照旧'),
      vanished,
      oneByOne(vanishing('bye'), printed('still here\\n')),
    ),
    stage(
      'unread',
      say('One that never reads holds up nobody', '一个只发不读的，不耽误别人'),
      unread,
      besideAnother,
      20,
    ),
    stage('again', say('Fifty more, after fifty have gone', '五十个走了，再来五十个'), again, many),
  ],
};

async function second(bench: Bench): Promise<void> {
  await bench.connect();
  await answers(bench, await bench.connect(), 'hello\n');
}

async function fifty(bench: Bench): Promise<void> {
  const clients = await bench.connectAll(MANY);
  await Promise.all(clients.map((client, at) => client.send(`client ${at}\n`)));
  await Promise.all(clients.map((client, at) => client.expect(`client ${at}\n`)));
}

async function interleaved(bench: Bench): Promise<void> {
  const clients = await bench.connectAll(8);
  const texts = clients.map(() => bench.dice.letters(600));
  for (let at = 0; at < 600; at += 100) {
    for (const [who, client] of clients.entries()) await client.send(texts[who]?.slice(at, at + 100) ?? '');
    await bench.pause(2);
  }
  await Promise.all(clients.map((client, who) => client.expect(texts[who] ?? '')));
}

async function vanished(bench: Bench): Promise<void> {
  const [stays, goes] = [await bench.connect(), await bench.connect()];
  await answers(bench, stays, 'before\n');
  await goes.send('x'.repeat(1_000));
  goes.reset();
  await bench.pause(20);
  try {
    await stays.send('after\n');
    await stays.expect('after\n');
    await answers(bench, await bench.connect(), 'new\n');
  } catch (error) {
    if (error instanceof CheckFailure && ENDED.includes(error.code)) bench.fail('fell-with-another');
    throw error;
  }
}

async function unread(bench: Bench): Promise<void> {
  const deaf = await bench.connect();
  deaf.stopReading();
  deaf.push(Buffer.alloc(UNREAD_BYTES, 'x'));
  await bench.pause(100);
  await answers(bench, await bench.connect(), 'hello\n');
}

async function again(bench: Bench): Promise<void> {
  for (const round of [1, 2]) {
    const clients = await bench.connectAll(MANY);
    await Promise.all(clients.map((client) => client.send(`round ${round}\n`)));
    await Promise.all(clients.map((client) => client.expect(`round ${round}\n`)));
    for (const client of clients) client.finish();
    await Promise.all(clients.map((client) => client.expectFin()));
  }
}

/** Silence where somebody else is connected has its own sentence. */
async function answers(bench: Bench, client: Peer, text: string): Promise<void> {
  await client.send(text);
  try {
    await client.expect(text);
  } catch (error) {
    if (error instanceof CheckFailure && error.code === 'silent') bench.fail('one-at-a-time');
    throw error;
  }
}

function besideAnother({ address, port }: { address: string; port: number }): string {
  return `sleep 5 | nc ${address} ${port} & sleep 0.5; printf 'hello\\n' | nc -w 2 ${address} ${port}; kill %1`;
}

function many({ address, port }: { address: string; port: number }): string {
  return `for n in $(seq 50); do (printf "client $n\\n"; sleep 1) | nc -w 2 ${address} ${port} & done; wait`;
}
