/** The echo service of RFC 862, by TCP. https://www.rfc-editor.org/rfc/rfc862 */
import type { Bench } from '../bench.ts';
import { type Challenge, printed, printedSlowly, stage } from '../challenge.ts';
import { CheckFailure } from '../failure.ts';
import { octetCount } from '../quote.ts';
import { say } from '../words.ts';

const LARGE_BYTES = 1024 * 1024;
const LONG_BYTES = 1536;
const FIRST_BYTES = 1024;

/** Write an echo server. */
export const echo: Challenge = {
  id: 'echo',
  transport: 'tcp',
  writes: 'server',
  title: say('Echo', 'echo 回显'),
  protocol: say(
    'Accept connections. Whatever octets come in on a connection, send the same octets back on it, in the same order, as soon as they come: nothing added, nothing changed, nothing left out.\n\nWhen the client has finished (its FIN: your read answers 0), and everything is sent back, close the connection. Then be there for the next client.',
    '接受连接。连接上来什么字节，就原样、按原来的顺序、一到就发回什么字节：不多、不改、不少。\n\n客户端结束时（收到它的 FIN，你的 read 返回 0），把剩下的都发回去，然后关闭连接，再等下一个客户端。',
  ),
  stages: [
    stage('comes-back', say('A short text comes back', '一段短文字原样返回'), comesBack, printed('hello\\n')),
    stage(
      'twice',
      say('And a second one on the same connection', '同一连接上的第二段也返回'),
      twice,
      printedSlowly('one\\n', 'two\\n'),
    ),
    stage(
      'any-octet',
      say('All 256 octets, not only text', '全部 256 种字节，不只是文字'),
      anyOctet,
      ({ address, port }) => `printf '\\000\\200\\377\\r\\n' | nc -w 2 ${address} ${port} | od -t x1`,
    ),
    stage(
      'segments',
      say('1.5 KiB in two segments', '分两段到达的 1.5 KiB'),
      segments,
      ({ address, port }) => `(printf '%01024d' 1; sleep 0.5; printf '%0512d' 2) | nc -w 2 ${address} ${port} | wc -c`,
    ),
    stage(
      'chunks',
      say('The same octets, cut anywhere', '任意切分的字节流'),
      chunks,
      printedSlowly('a', 'bc', 'def\\n'),
    ),
    stage(
      'large',
      say('1 MiB, sent while you answer', '1 MiB，一边发送一边接收'),
      large,
      ({ address, port }) => `head -c ${LARGE_BYTES} /dev/zero | nc -w 2 ${address} ${port} | wc -c`,
      20,
    ),
    stage(
      'finish',
      say('The connection ends when the client has finished', '客户端结束后连接关闭'),
      finish,
      printed('bye\\n'),
    ),
    stage('again', say('The next client is served, too', '下一个客户端同样得到服务'), again, printed('next\\n')),
  ],
};

async function comesBack(bench: Bench): Promise<void> {
  const client = await bench.connect();
  await client.send('hello\n');
  await client.expect('hello\n');
  await client.expectNothingMore();
}

async function twice(bench: Bench): Promise<void> {
  const client = await bench.connect();
  for (const text of ['one\n', 'two\n', 'three\n']) {
    await client.send(text);
    await client.expect(text);
  }
}

async function anyOctet(bench: Bench): Promise<void> {
  const client = await bench.connect();
  const octets = Buffer.from(Uint8Array.from({ length: 256 }, (_, octet) => octet));
  await client.send(octets);
  await client.expect(octets);
}

/** Who takes one read for the whole message answers the first piece only. */
async function segments(bench: Bench): Promise<void> {
  const client = await bench.connect();
  const octets = Buffer.from(bench.dice.letters(LONG_BYTES));
  await client.sendPieces(octets, [FIRST_BYTES, LONG_BYTES - FIRST_BYTES]);
  try {
    await client.expect(octets);
  } catch (error) {
    if (!(error instanceof CheckFailure) || error.facts.gotBytes !== FIRST_BYTES) throw error;
    bench.fail('first-piece-only', { got: octetCount(FIRST_BYTES), total: octetCount(LONG_BYTES), pieces: 2 });
  }
}

async function chunks(bench: Bench): Promise<void> {
  const client = await bench.connect();
  const octets = bench.dice.octets(4_096);
  await Promise.all([client.sendPieces(octets, bench.dice.cuts(octets.length, 900), 2), client.expect(octets)]);
}

async function large(bench: Bench): Promise<void> {
  const client = await bench.connect();
  const octets = bench.dice.octets(LARGE_BYTES);
  await Promise.all([client.send(octets), client.expect(octets)]);
}

async function finish(bench: Bench): Promise<void> {
  const client = await bench.connect();
  await client.send('bye\n');
  await client.expect('bye\n');
  client.finish();
  await client.expectFin();
}

async function again(bench: Bench): Promise<void> {
  const first = await bench.connect();
  first.finish();
  await first.expectFin();
  const next = await bench.connect();
  await next.send('next\n');
  await next.expect('next\n');
}
