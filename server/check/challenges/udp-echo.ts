/** The echo service of RFC 862, by UDP. https://www.rfc-editor.org/rfc/rfc862 */
import type { Bench } from '../bench.ts';
import { type Challenge, datagrams, inHex, oneByOne, stage } from '../challenge.ts';
import { say } from '../words.ts';

/** Within what macOS sends unless told otherwise (9,216), and more than most first buffers have. */
const LARGE_BYTES = 8_192;

/** Write a UDP echo server. */
export const udpEcho: Challenge = {
  id: 'udp-echo',
  transport: 'udp',
  writes: 'server',
  title: say('Echo by UDP', 'UDP echo 回显'),
  protocol: say(
    'For every datagram that comes, send one datagram with the same octets to the address and port it came from, from the socket that received it. An empty datagram is answered with an empty one. A datagram has up to 8,192 octets.',
    '每来一个数据报，就用收到它的那个套接字，把同样的字节作为一个数据报发回它的来源地址和端口。空数据报用空数据报回答。一个数据报最多 8,192 字节。',
  ),
  stages: [
    stage('one', say('One datagram comes back', '一个数据报原样返回'), one, datagrams('hello')),
    stage(
      'any-octet',
      say('All 256 octets, not only text', '全部 256 种字节，不只是文字'),
      anyOctet,
      inHex(datagrams('\\000\\200\\377')),
    ),
    stage(
      'boundaries',
      say('Three datagrams stay three', '三个数据报仍是三个'),
      boundaries,
      datagrams('first', 'two', '3'),
    ),
    stage('empty', say('An empty datagram is one, too', '空数据报也是数据报'), empty, emptyCommand),
    stage('large', say('8,192 octets in one datagram', '一个 8,192 字节的数据报'), large, largeCommand),
    stage(
      'two-clients',
      say('Two clients, each gets its own', '两个客户端各收各的'),
      twoClients,
      oneByOne(datagrams('anna'), datagrams('bert')),
      20,
    ),
  ],
};

async function one(bench: Bench): Promise<void> {
  const client = await bench.datagrams();
  await client.send('hello');
  await client.expect('hello');
  await client.expectNothingMore();
}

async function anyOctet(bench: Bench): Promise<void> {
  const client = await bench.datagrams();
  const octets = Buffer.from(Uint8Array.from({ length: 256 }, (_, octet) => octet));
  await client.send(octets);
  await client.expect(octets);
}

async function boundaries(bench: Bench): Promise<void> {
  const client = await bench.datagrams();
  const sent = [7, 300, 2].map((length) => Buffer.from(bench.dice.letters(length)));
  for (const octets of sent) await client.send(octets);
  for (const octets of sent) await client.expect(octets);
}

async function empty(bench: Bench): Promise<void> {
  const client = await bench.datagrams();
  await client.send('');
  await client.expect('');
}

async function large(bench: Bench): Promise<void> {
  const client = await bench.datagrams();
  const octets = bench.dice.octets(LARGE_BYTES);
  await client.send(octets);
  await client.expect(octets);
}

/** Who remembers one client only answers the wrong one. */
async function twoClients(bench: Bench): Promise<void> {
  const [anna, bert] = [await bench.datagrams(), await bench.datagrams()];
  await anna.send('anna');
  await bert.send('bert');
  await anna.expect('anna');
  await bert.expect('bert');
  await anna.send('anna again');
  await anna.expect('anna again');
  await bert.expectNothingMore();
}

function emptyCommand({ address, port }: { address: string; port: number }): string {
  return `python3 -c "import socket; s=socket.socket(socket.AF_INET,socket.SOCK_DGRAM); s.settimeout(2); s.sendto(b'',('${address}',${port})); print(s.recvfrom(99))"`;
}

function largeCommand({ address, port }: { address: string; port: number }): string {
  return `printf '%0${LARGE_BYTES}d' 0 | nc -u -w 1 ${address} ${port} | wc -c`;
}
