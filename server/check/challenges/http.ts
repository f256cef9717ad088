/** A tiny HTTP/1.1 server. RFC 9110 and RFC 9112. https://www.rfc-editor.org/rfc/rfc9112 */
import type { Bench } from '../bench.ts';
import { type Challenge, printed, printedSlowly, stage } from '../challenge.ts';
import { CheckFailure } from '../failure.ts';
import { type AnswerHead, lengthOf, readHead } from '../http-answer.ts';
import type { Peer } from '../peer.ts';
import { quoted } from '../quote.ts';
import { say } from '../words.ts';

const HELLO = request('GET /hello HTTP/1.1');
const LARGE_BYTES = 100_000;

/** Write a tiny HTTP server. */
export const http: Challenge = {
  id: 'http',
  transport: 'tcp',
  writes: 'server',
  title: say('A tiny HTTP server', '小型 HTTP 服务器'),
  protocol: say(
    'HTTP/1.1. Every response has a status line and fields, each ending with \\r\\n, an empty line, and a body of exactly Content-Length octets.\n\nGET /hello is answered 200 with the body hello\\n. HEAD /hello is answered with the same head and no body. POST /echo, with a Content-Length, is answered 200 with the body that came. Every other path is answered 404. A request line of another form, or a request without Host, is answered 400, and the connection is closed.\n\nElse the connection stays open for the next request, unless the request says Connection: close: then close after the answer. Requests may come in pieces, and several in one segment; they are answered in their order.',
    'HTTP/1.1。每个响应有状态行和若干字段，各以 \\r\\n 结尾，然后是一个空行，再是恰好 Content-Length 个字节的正文。\n\nGET /hello 回答 200，正文为 hello\\n。HEAD /hello 回答同样的头部，没有正文。带 Content-Length 的 POST /echo 回答 200，正文就是收到的正文。其他路径一律回答 404。请求行形式不对，或者没有 Host，回答 400 并关闭连接。\n\n除此之外连接保持打开，等下一个请求；如果请求里写了 Connection: close，则回答之后关闭。请求可能分段到达，也可能几个请求在一段里到达，按顺序回答。',
  ),
  stages: [
    stage('get', say('GET /hello', 'GET /hello'), get, curl('/hello')),
    stage('not-found', say('404 for any other path', '其他路径 404'), notFound, curl('/no/such/page')),
    stage(
      'head',
      say('HEAD has no body', 'HEAD 没有正文'),
      head,
      ({ address, port }) => `curl -sI http://${address}:${port}/hello`,
    ),
    stage(
      'post',
      say('POST /echo', 'POST /echo'),
      post,
      ({ address, port }) => `curl -si -d 'a=1&b=2' http://${address}:${port}/echo`,
    ),
    stage(
      'keep-alive',
      say('Three requests on one connection', '一个连接上的三个请求'),
      keepAlive,
      printedSlowly(shell(HELLO), shell(HELLO)),
    ),
    stage(
      'cut',
      say('A request in pieces', '分段到达的请求'),
      cut,
      printedSlowly('GET /he', 'llo HTTP/1.1\\r\\nHo', 'st: x\\r\\n\\r\\n'),
    ),
    stage(
      'pipelined',
      say('Two requests in one segment', '一段里有两个请求'),
      pipelined,
      printed(`${shell(HELLO)}${shell(HELLO)}`),
    ),
    stage(
      'close',
      say('Connection: close', 'Connection: close'),
      close,
      printed('GET /hello HTTP/1.1\\r\\nHost: x\\r\\nConnection: close\\r\\n\\r\\n'),
    ),
    stage('no-host', say('400 without Host', '没有 Host 则 400'), noHost, printed('GET /hello HTTP/1.1\\r\\n\\r\\n')),
    stage(
      'nonsense',
      say('400 for what is no request', '不是请求则 400'),
      nonsense,
      printed('hello there\\r\\n\\r\\n'),
    ),
    stage('large', say('A body of 100,000 octets', '100,000 字节的正文'), large, largeCommand, 20),
  ],
};

async function get(bench: Bench): Promise<void> {
  const client = await bench.connect();
  await client.send(HELLO);
  await answer(bench, client, 'GET /hello', 200, 'hello\n');
  await client.expectNothingMore();
}

async function notFound(bench: Bench): Promise<void> {
  const client = await bench.connect();
  await client.send(request('GET /no/such/page HTTP/1.1'));
  const found = await statusOf(bench, client, 'GET /no/such/page', 404);
  await client.take(lengthOf(found));
}

async function head(bench: Bench): Promise<void> {
  const client = await bench.connect();
  await client.send(request('HEAD /hello HTTP/1.1'));
  const found = await statusOf(bench, client, 'HEAD /hello', 200);
  if (lengthOf(found) !== 6) bench.fail('wrong-length', { got: lengthOf(found), expected: 6 });
  const body = await client.listen();
  if (body.length > 0) bench.fail('body-on-head', { got: quoted(body) });
}

async function post(bench: Bench): Promise<void> {
  const client = await bench.connect();
  const body = 'a=1&b=2\r\n\r\nGET /hello HTTP/1.1\r\n';
  await client.send(request('POST /echo HTTP/1.1', body));
  await answer(bench, client, 'POST /echo', 200, body);
  await client.expectNothingMore();
}

async function keepAlive(bench: Bench): Promise<void> {
  const client = await bench.connect();
  for (const at of [1, 2, 3]) {
    await client.send(request('POST /echo HTTP/1.1', `number ${at}`));
    await stillOpen(bench, () => answer(bench, client, 'POST /echo', 200, `number ${at}`), at);
  }
}

async function cut(bench: Bench): Promise<void> {
  const client = await bench.connect();
  const octets = Buffer.from(request('POST /echo HTTP/1.1', 'in pieces'));
  await client.sendPieces(octets, bench.dice.cuts(octets.length, 25));
  await answer(bench, client, 'POST /echo', 200, 'in pieces');
}

async function pipelined(bench: Bench): Promise<void> {
  const client = await bench.connect();
  await client.send(request('POST /echo HTTP/1.1', 'first') + HELLO);
  await answer(bench, client, 'POST /echo', 200, 'first');
  await stillOpen(bench, () => answer(bench, client, 'GET /hello', 200, 'hello\n'), 2);
}

async function close(bench: Bench): Promise<void> {
  const client = await bench.connect();
  await client.send(HELLO.replace('\r\n\r\n', '\r\nConnection: close\r\n\r\n'));
  await answer(bench, client, 'GET /hello', 200, 'hello\n');
  await client.expectFin();
}

async function noHost(bench: Bench): Promise<void> {
  await refused(bench, 'GET /hello HTTP/1.1\r\n\r\n', 'GET /hello without Host');
}

async function nonsense(bench: Bench): Promise<void> {
  await refused(bench, 'hello there\r\n\r\n', 'hello there');
}

async function large(bench: Bench): Promise<void> {
  const client = await bench.connect();
  const body = bench.dice.letters(LARGE_BYTES);
  await client.send(request('POST /echo HTTP/1.1', body));
  await answer(bench, client, 'POST /echo', 200, body);
}

async function refused(bench: Bench, text: string, asked: string): Promise<void> {
  const client = await bench.connect();
  await client.send(text);
  await statusOf(bench, client, asked, 400);
  if (!(await client.over())) bench.fail('stays-open', { seconds: 4 });
}

async function answer(bench: Bench, client: Peer, asked: string, status: number, body: string): Promise<void> {
  const found = await statusOf(bench, client, asked, status);
  const length = lengthOf(found);
  if (length !== body.length) bench.fail('wrong-length', { got: length, expected: body.length });
  await client.expect(body);
}

async function statusOf(bench: Bench, client: Peer, asked: string, status: number): Promise<AnswerHead> {
  const found = await readHead(client);
  if (found.status !== status)
    bench.fail('wrong-status', { asked: quoted(asked), expected: status, got: found.status });
  return found;
}

/** From the second request on, a closed connection has its own sentence. */
async function stillOpen(bench: Bench, work: () => Promise<void>, at: number): Promise<void> {
  try {
    await work();
  } catch (error) {
    const closed = error instanceof CheckFailure && (error.code === 'closed-after-answer' || error.code === 'reset');
    if (closed && at > 1) bench.fail('not-kept-alive', { at });
    throw error;
  }
}

function request(line: string, body?: string): string {
  const length = body === undefined ? '' : `Content-Length: ${body.length}\r\n`;
  return `${line}\r\nHost: localhost\r\n${length}\r\n${body ?? ''}`;
}

function shell(text: string): string {
  return text.replaceAll('\r', '\\r').replaceAll('\n', '\\n');
}

function curl(path: string): (target: { address: string; port: number }) => string {
  return ({ address, port }) => `curl -si http://${address}:${port}${path}`;
}

function largeCommand({ address, port }: { address: string; port: number }): string {
  return `printf '%0${LARGE_BYTES}d' 0 | curl -s -H 'Expect:' --data-binary @- http://${address}:${port}/echo | wc -c`;
}
