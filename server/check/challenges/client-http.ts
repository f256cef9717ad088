/** The reverse of the tiny HTTP server: the learner writes the client. RFC 9112. */
import type { Bench } from '../bench.ts';
import { type Challenge, stage } from '../challenge.ts';
import { saidNothing } from '../failure.ts';
import type { Peer } from '../peer.ts';
import { quoted } from '../quote.ts';
import { say } from '../words.ts';

/** Lines that a request’s head may have. */
const MAX_HEAD_LINES = 64;

/** Write an HTTP client. */
export const clientHttp: Challenge = {
  id: 'client-http',
  transport: 'tcp',
  writes: 'client',
  title: say('An HTTP client', 'HTTP 客户端'),
  protocol: say(
    'Here Porthole is the server. Connect and send one request, GET /hello HTTP/1.1 with a Host field, every line ending with \\r\\n and an empty line at the end. Read the response: a head, an empty line, and a body. Where the head says Content-Length, the body has so many octets, and the server keeps the connection open: your client closes it when it has them all. Where it does not, the body ends with the server’s FIN.\n\nStart your client once for every stage.',
    '这一次 Porthole 是服务器。连接后发送一个请求：GET /hello HTTP/1.1，带 Host 字段，每行以 \\r\\n 结尾，最后一个空行。然后读响应：头部、空行、正文。头部写了 Content-Length 时，正文就是那么多字节，服务器不会关闭连接：由你的客户端收齐后关闭。没有写时，正文到服务器的 FIN 为止。\n\n每一关运行一次你的客户端。',
  ),
  stages: [
    stage('request', say('A request of the right form', '形式正确的请求'), wellFormed, nothing),
    stage('length', say('A body by its length, in pieces', '按长度读取分段的正文'), byLength, nothing),
    stage('until-close', say('A body that ends with the FIN', '以 FIN 结束的正文'), untilClose, nothing),
  ],
};

async function wellFormed(bench: Bench): Promise<void> {
  const client = await bench.accept();
  await requested(bench, client);
  await client.send('HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 6\r\n\r\nhello\n');
  await client.expectFin();
}

async function byLength(bench: Bench): Promise<void> {
  const client = await bench.accept();
  await requested(bench, client);
  const body = `first part\r\n\r\n${bench.dice.letters(2_000)}\n`;
  const octets = Buffer.from(`HTTP/1.1 200 OK\r\ncontent-length: ${body.length}\r\n\r\n${body}`);
  let sent = 0;
  for (const length of bench.dice.cuts(octets.length, 500)) {
    if (client.isOver) bench.fail('client-left-early', { got: `${sent} B`, wanted: `${octets.length} B` });
    await client.send(octets.subarray(sent, sent + length));
    sent += length;
    await bench.pause(30);
  }
  await client.expectFin();
}

async function untilClose(bench: Bench): Promise<void> {
  const client = await bench.accept();
  await requested(bench, client);
  await client.send('HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nConnection: close\r\n\r\n');
  for (const text of ['one\n', 'two\n']) {
    await bench.pause(60);
    if (client.isOver)
      bench.fail('client-left-early', {
        got: say('a part', '一部分'),
        wanted: say('everything until the FIN', '直到 FIN 的全部内容'),
      });
    await client.send(text);
  }
  client.finish();
  await client.expectFin();
}

async function requested(bench: Bench, client: Peer): Promise<void> {
  const first = await headLine(bench, client);
  if (first !== 'GET /hello HTTP/1.1') bench.fail('wrong-request', { got: quoted(first) });
  const fields: string[] = [];
  for (let line = await headLine(bench, client); line !== ''; line = await headLine(bench, client)) {
    if (fields.length >= MAX_HEAD_LINES) bench.fail('malformed-field', { got: quoted(line) });
    fields.push(line);
  }
  if (!fields.some((field) => /^host:/i.test(field))) bench.fail('missing-field', { field: 'Host' });
}

async function headLine(bench: Bench, client: Peer): Promise<string> {
  const line = (await client.rawLine().catch(saidNothing)).toString('latin1');
  if (!line.endsWith('\r\n')) bench.fail('bare-lf', { got: quoted(line) });
  return line.slice(0, -2);
}

function nothing(): string {
  return '';
}
