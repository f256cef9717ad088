/** A time server in the manner of RFC 867, with the date and time of RFC 3339. */
import type { Bench } from '../bench.ts';
import { type Challenge, stage } from '../challenge.ts';
import { CheckFailure } from '../failure.ts';
import { quoted } from '../quote.ts';
import { say } from '../words.ts';

const FORM = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z\r\n$/;
/** The server may be so far from our own clock, in milliseconds: it is the same machine. */
const MAX_OFF_MS = 5_000;
/** After so long it must be another second, in milliseconds. */
const NEXT_SECOND_MS = 1_100;

/** Write a time server. */
export const time: Challenge = {
  id: 'time',
  transport: 'tcp',
  writes: 'server',
  title: say('Time server', '时间服务器'),
  protocol: say(
    'To every client that connects, send the time of this moment in UTC as one line, and close the connection. The client says nothing, and you do not wait for it.\n\nThe line has the form of RFC 3339, to the second: 2026-11-26T17:05:09Z, then carriage return and line feed (\\r\\n). It is 22 octets long.',
    '每来一个客户端，就把此刻的 UTC 时间作为一行发给它，然后关闭连接。客户端什么都不说，你也不必等它说。\n\n这一行按 RFC 3339 的形式，精确到秒：2026-11-26T17:05:09Z，末尾是回车和换行（\\r\\n），一共 22 字节。',
  ),
  stages: [
    stage('line', say('A line of the right form', '一行，形式正确'), line, command),
    stage('closes', say('Then the connection is closed', '之后连接关闭'), closes, command),
    stage('right', say('It is the time of this moment, in UTC', '是此刻的 UTC 时间'), right, command),
    stage('moves', say('A second later it is another one', '一秒之后就是另一个时间'), moves, twice),
    stage('two', say('A client that lingers keeps nobody waiting', '不走的客户端不耽误别人'), two, besideAnother, 20),
  ],
};

async function line(bench: Bench): Promise<void> {
  await timeOf(bench);
}

async function closes(bench: Bench): Promise<void> {
  const client = await bench.connect();
  await client.rawLine();
  await client.expectFin();
}

async function right(bench: Bench): Promise<void> {
  const told = await timeOf(bench);
  const offMs = Date.parse(told) - bench.clock.wallMs();
  if (Math.abs(offMs) <= MAX_OFF_MS) return;
  bench.fail('wrong-time', { got: told, seconds: Math.round(Math.abs(offMs) / 1_000) });
}

async function moves(bench: Bench): Promise<void> {
  const first = await timeOf(bench);
  await bench.pause(NEXT_SECOND_MS);
  const second = await timeOf(bench);
  if (Date.parse(second) <= Date.parse(first)) bench.fail('time-stands', { got: second });
}

async function two(bench: Bench): Promise<void> {
  await bench.connect();
  try {
    await timeOf(bench);
  } catch (error) {
    if (error instanceof CheckFailure && error.code === 'silent') bench.fail('one-at-a-time');
    throw error;
  }
}

/** What a new client is told, when it has the right form. */
async function timeOf(bench: Bench): Promise<string> {
  const client = await bench.connect();
  const told = await client.rawLine();
  const text = told.toString('latin1');
  if (!FORM.test(text) || Number.isNaN(Date.parse(text.trim()))) bench.fail('not-a-time', { got: quoted(told) });
  await client.closed();
  return text.trim();
}

function command({ address, port }: { address: string; port: number }): string {
  return `nc -w 2 ${address} ${port} < /dev/null; date -u +%Y-%m-%dT%H:%M:%SZ`;
}

function twice(target: { address: string; port: number }): string {
  return `${command(target)}; sleep 1.1; ${command(target)}`;
}

function besideAnother(target: { address: string; port: number }): string {
  return `sleep 3 | nc ${target.address} ${target.port} & sleep 0.5; ${command(target)}; wait`;
}
