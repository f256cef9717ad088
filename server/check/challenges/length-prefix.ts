/** Length-prefixed messages: four octets, big-endian, then so many octets. */
import type { Bench } from '../bench.ts';
import { type Challenge, inHex, printed, printedSlowly, stage } from '../challenge.ts';
import type { Peer } from '../peer.ts';
import { quoted } from '../quote.ts';
import { say } from '../words.ts';

const MAX_MESSAGE_BYTES = 65_536;
const PREFIX_BYTES = 4;

/** Write a server of length-prefixed messages. */
export const lengthPrefix: Challenge = {
  id: 'length-prefix',
  transport: 'tcp',
  writes: 'server',
  title: say('Length-prefixed messages', '长度前缀的消息'),
  protocol: say(
    'A message is its length as four octets, an unsigned number in network byte order (big-endian), and then so many octets of payload. Answer every message with one message whose payload is the same octets in reverse order. The payload abc comes as 00 00 00 03 61 62 63 and is answered with 00 00 00 03 63 62 61. A payload may be empty.\n\nThe prefix, too, may come in pieces. A payload has at most 65,536 octets: when a prefix says more, close the connection at once and reserve no memory for it.',
    '一条消息由两部分组成：四个字节的长度（无符号数，网络字节序，即大端），然后是那么多字节的载荷。每条消息用一条消息回答，载荷是同样的字节倒过来。载荷 abc 以 00 00 00 03 61 62 63 到达，回答 00 00 00 03 63 62 61。载荷可以为空。\n\n长度前缀本身也可能分段到达。载荷最多 65,536 字节：前缀声称更多时立即关闭连接，不要为它分配内存。',
  ),
  stages: [
    stage('one', say('One message', '一条消息'), one, inHex(printed('\\000\\000\\000\\003abc'))),
    stage('empty', say('An empty payload', '空载荷'), empty, inHex(printed('\\000\\000\\000\\000'))),
    stage(
      'joined',
      say('Three messages in one segment', '一段里有三条消息'),
      joined,
      inHex(printed('\\000\\000\\000\\001a\\000\\000\\000\\002bc')),
    ),
    stage(
      'cut',
      say('A message cut within its prefix', '在长度前缀中间切断'),
      cut,
      inHex(printedSlowly('\\000\\000', '\\000\\003ab', 'c')),
    ),
    stage(
      'byte-by-byte',
      say('Octet by octet', '逐字节到达'),
      byteByByte,
      inHex(printedSlowly('\\000', '\\000', '\\000', '\\001', 'x')),
    ),
    stage(
      'binary',
      say('Payloads that look like prefixes', '看起来像前缀的载荷'),
      binary,
      inHex(printed('\\000\\000\\000\\004\\000\\000\\000\\001')),
    ),
    stage(
      'large',
      say('65,536 octets, and messages of any size', '65,536 字节，以及任意大小的消息'),
      large,
      largeCommand,
      20,
    ),
    stage(
      'oversize',
      say('A prefix that says 2 GiB', '声称 2 GiB 的前缀'),
      oversize,
      inHex(printed('\\177\\377\\377\\377abc')),
      20,
    ),
  ],
};

async function one(bench: Bench): Promise<void> {
  const client = await bench.connect();
  await client.send(message(Buffer.from('abc')));
  await answered(bench, client, Buffer.from('abc'));
  await client.expectNothingMore();
}

async function empty(bench: Bench): Promise<void> {
  const client = await bench.connect();
  await client.send(message(Buffer.alloc(0)));
  await answered(bench, client, Buffer.alloc(0));
}

async function joined(bench: Bench): Promise<void> {
  const client = await bench.connect();
  const payloads = ['a', 'bc', 'def'].map((text) => Buffer.from(text));
  await client.send(Buffer.concat(payloads.map(message)));
  for (const payload of payloads) await answered(bench, client, payload);
}

async function cut(bench: Bench): Promise<void> {
  const client = await bench.connect();
  const octets = message(Buffer.from('abcdef'));
  await client.sendPieces(octets, [2, 4]);
  const early = await client.listen();
  if (early.length > 0) bench.fail('answered-early', { sent: quoted(octets.subarray(0, 6)), got: quoted(early) });
  await client.send(octets.subarray(6));
  await answered(bench, client, Buffer.from('abcdef'));
}

async function byteByByte(bench: Bench): Promise<void> {
  const client = await bench.connect();
  const octets = Buffer.concat([message(Buffer.from('xyz')), message(Buffer.from('!'))]);
  await client.sendPieces(
    octets,
    Array.from(octets, () => 1),
    3,
  );
  await answered(bench, client, Buffer.from('xyz'));
  await answered(bench, client, Buffer.from('!'));
}

async function binary(bench: Bench): Promise<void> {
  const client = await bench.connect();
  const payload = Buffer.from([0, 0, 0, 1, 0xff, 0x0a, 0, 0]);
  await client.send(message(payload));
  await answered(bench, client, payload);
}

async function large(bench: Bench): Promise<void> {
  const client = await bench.connect();
  const payloads = [MAX_MESSAGE_BYTES, 300, bench.dice.between(1, 40_000)].map((length) => bench.dice.octets(length));
  const stream = Buffer.concat(payloads.map(message));
  const sending = client.sendPieces(stream, bench.dice.cuts(stream.length, 20_000), 1);
  for (const payload of payloads) await answered(bench, client, payload);
  await sending;
}

async function oversize(bench: Bench): Promise<void> {
  for (const first of [0x7f, 0xff]) {
    const client = await bench.connect();
    client.push(Buffer.from([first, 0xff, 0xff, 0xff, 0x61]));
    if (!(await client.over())) bench.fail('oversize-accepted');
  }
  const next = await bench.connect();
  await next.send(message(Buffer.from('next')));
  await answered(bench, next, Buffer.from('next'));
}

function message(payload: Buffer): Buffer {
  const prefix = Buffer.alloc(PREFIX_BYTES);
  prefix.writeUInt32BE(payload.length);
  return Buffer.concat([prefix, payload]);
}

async function answered(bench: Bench, client: Peer, payload: Buffer): Promise<void> {
  const prefix = await client.take(PREFIX_BYTES);
  const length = prefix.readUInt32BE();
  if (length !== payload.length) {
    const hex = [...prefix].map((octet) => octet.toString(16).padStart(2, '0')).join(' ');
    bench.fail('wrong-prefix', { got: hex, says: length, expected: payload.length });
  }
  await client.expect(Buffer.from(payload).reverse());
}

function largeCommand({ address, port }: { address: string; port: number }): string {
  return `(printf '\\000\\000\\001\\000'; head -c 256 /dev/zero) | nc -w 2 ${address} ${port} | wc -c`;
}
