/** The reverse: the learner writes the client, and the checker is the echo server. */
import type { Bench } from '../bench.ts';
import { type Challenge, stage } from '../challenge.ts';
import { saidNothing } from '../failure.ts';
import type { Peer } from '../peer.ts';
import { octetCount, quoted } from '../quote.ts';
import { say } from '../words.ts';

const MAX_LINE_BYTES = 1_024;
const SLOW_MS = 400;

/** Write an echo client. */
export const clientEcho: Challenge = {
  id: 'client-echo',
  transport: 'tcp',
  writes: 'client',
  title: say('An echo client', 'echo 客户端'),
  protocol: say(
    'Here Porthole is the server, and your client connects to it. Send one line: at least 3 octets and at most 1,024, a line feed (\\n) at its end. The server sends the same octets back, in pieces of its choice. Read until you have all of them; then, and not before, close the connection.\n\nStart your client once for every stage.',
    '这一次 Porthole 是服务器，由你的客户端来连接。发送一行：至少 3 字节，最多 1,024 字节，以换行符（\\n）结尾。服务器把同样的字节发回来，怎么分段由它决定。一直读到全部收齐；这时才关闭连接，不要提前。\n\n每一关运行一次你的客户端。',
  ),
  stages: [
    stage('whole', say('The answer in one piece', '回答是完整的一段'), whole, nothing),
    stage('pieces', say('The answer in pieces', '回答分成几段'), pieces, nothing),
    stage('late', say('An answer that takes its time', '姗姗来迟的回答'), late, nothing),
  ],
};

async function whole(bench: Bench): Promise<void> {
  const client = await bench.accept();
  const line = await lineOf(bench, client);
  await client.send(line);
  await client.expectFin();
}

async function pieces(bench: Bench): Promise<void> {
  const client = await bench.accept();
  const line = await lineOf(bench, client);
  const first = Math.floor(line.length / 2);
  for (const [from, to] of [
    [0, first],
    [first, line.length - 1],
    [line.length - 1, line.length],
  ] as const) {
    if (client.isOver) bench.fail('client-left-early', { got: `${from} B`, wanted: `${line.length} B` });
    await client.send(line.subarray(from, to));
    await bench.pause(60);
  }
  await client.expectFin();
}

async function late(bench: Bench): Promise<void> {
  const client = await bench.accept();
  const line = await lineOf(bench, client);
  await bench.pause(SLOW_MS);
  if (client.isOver) bench.fail('client-left-early', { got: '0 B', wanted: `${line.length} B` });
  await client.send(line);
  await client.expectFin();
}

async function lineOf(bench: Bench, client: Peer): Promise<Buffer> {
  const line = await client.rawLine().catch(saidNothing);
  if (line.length < 3 || line.length > MAX_LINE_BYTES)
    bench.fail('wrong-line-length', { got: octetCount(line.length) });
  if (client.unreadBytes > 0) bench.fail('too-much', { count: octetCount(client.unreadBytes), got: quoted(line) });
  return line;
}

function nothing(): string {
  return '';
}
