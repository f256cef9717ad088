/** A key-value store by UDP: one request, one answer, each in a datagram. */
import type { Bench } from '../bench.ts';
import { type Challenge, datagrams, oneByOne, stage } from '../challenge.ts';
import { say } from '../words.ts';

/** Write a key-value store by UDP. */
export const keyValue: Challenge = {
  id: 'kv-udp',
  transport: 'udp',
  writes: 'server',
  title: say('A key-value store by UDP', 'UDP 键值存储'),
  protocol: say(
    'Each datagram is one request in UTF-8, without a line feed; each is answered with one datagram to where it came from.\n\nPUT key value stores, and is answered OK. GET key is answered VALUE value, or NONE where nothing is stored. DEL key forgets, and is answered OK, or NONE where there was nothing. Anything else is answered ERROR.\n\nBetween the parts is exactly one space. A key has 1 to 64 octets and no space; the value is everything after the second space, spaces included, at least one octet. All clients share one store.',
    '每个数据报是一条 UTF-8 请求，不带换行符；每条用一个数据报回答，发回它的来源。\n\nPUT key value 存入，回答 OK。GET key 回答 VALUE value，没有存过则回答 NONE。DEL key 删除，回答 OK，本来就没有则回答 NONE。其他一律回答 ERROR。\n\n各部分之间恰好一个空格。key 有 1 到 64 字节，不含空格；value 是第二个空格之后的全部内容，可含空格，至少一个字节。所有客户端共用一个存储。',
  ),
  stages: [
    stage('missing', say('A key that is not there', '不存在的键'), missing, datagrams('GET nothing')),
    stage(
      'put-get',
      say('What was put can be got', '存进去的能取出来'),
      putGet,
      datagrams('PUT colour blue', 'GET colour'),
    ),
    stage(
      'overwrite',
      say('The newest value counts', '以最新的值为准'),
      overwrite,
      datagrams('PUT colour blue', 'PUT colour red', 'GET colour'),
    ),
    stage(
      'spaces',
      say('Values with spaces, and any characters', '带空格和任意字符的值'),
      spaces,
      datagrams('PUT title two words', 'GET title'),
    ),
    stage(
      'delete',
      say('What was deleted is gone', '删掉的就没有了'),
      remove,
      datagrams('PUT colour blue', 'DEL colour', 'GET colour'),
    ),
    stage(
      'repeated',
      say('The same request twice', '同一请求来两次'),
      repeated,
      datagrams('PUT again 1', 'PUT again 1', 'GET again'),
    ),
    stage(
      'shared',
      say('Two clients, one store', '两个客户端，一个存储'),
      shared,
      oneByOne(datagrams('PUT colour blue'), datagrams('GET colour')),
    ),
    stage(
      'malformed',
      say('Nonsense is answered, and survived', '无意义的请求要回答，且不崩溃'),
      malformed,
      datagrams('PUT', 'GET', 'HELLO', 'GET colour'),
    ),
  ],
};

async function missing(bench: Bench): Promise<void> {
  const client = await bench.datagrams();
  await client.ask(`GET ${bench.dice.letters(12)}`, 'NONE');
}

async function putGet(bench: Bench): Promise<void> {
  const client = await bench.datagrams();
  const key = bench.dice.letters(8);
  await client.ask(`PUT ${key} blue`, 'OK');
  await client.ask(`GET ${key}`, 'VALUE blue');
}

async function overwrite(bench: Bench): Promise<void> {
  const client = await bench.datagrams();
  const key = bench.dice.letters(8);
  await client.ask(`PUT ${key} blue`, 'OK');
  await client.ask(`PUT ${key} red`, 'OK');
  await client.ask(`GET ${key}`, 'VALUE red');
}

async function spaces(bench: Bench): Promise<void> {
  const client = await bench.datagrams();
  const key = bench.dice.letters(64);
  await client.ask(`PUT ${key} two  words, 你好 `, 'OK');
  await client.ask(`GET ${key}`, 'VALUE two  words, 你好 ');
}

async function remove(bench: Bench): Promise<void> {
  const client = await bench.datagrams();
  const key = bench.dice.letters(8);
  await client.ask(`PUT ${key} blue`, 'OK');
  await client.ask(`DEL ${key}`, 'OK');
  await client.ask(`GET ${key}`, 'NONE');
  await client.ask(`DEL ${key}`, 'NONE');
}

/** A client that heard nothing asks again: a datagram may come twice. */
async function repeated(bench: Bench): Promise<void> {
  const client = await bench.datagrams();
  const key = bench.dice.letters(8);
  for (const _ of [1, 2]) await client.ask(`PUT ${key} once`, 'OK');
  await client.ask(`GET ${key}`, 'VALUE once');
}

async function shared(bench: Bench): Promise<void> {
  const [anna, bert] = [await bench.datagrams(), await bench.datagrams()];
  const key = bench.dice.letters(8);
  await anna.ask(`PUT ${key} from anna`, 'OK');
  await bert.ask(`GET ${key}`, 'VALUE from anna');
  await anna.expectNothingMore();
}

async function malformed(bench: Bench): Promise<void> {
  const client = await bench.datagrams();
  const requests = [
    'PUT',
    'PUT key',
    'PUT key ',
    'GET',
    'GET ',
    'GET a b',
    `GET ${'k'.repeat(65)}`,
    'get key',
    'HELLO',
    '',
  ];
  for (const request of requests) await client.ask(request, 'ERROR');
  await client.ask(`PUT ${bench.dice.letters(8)} fine`, 'OK');
}
