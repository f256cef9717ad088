/**
 * `npm run fuzz [packets] [seed]`: packets.ts, then streams.ts with a stream for every ten packets, stack.ts with a
 * wire for every thousand, xmpp.ts with a stream for every five, and chat-json.ts with a request for every five.
 * `npm run fuzz xmpp 1000 7` runs one of them, with its own number. Exit code 1 when a promise was
 * broken.
 */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { fuzzChatJson } from './chat-json.ts';
import { fuzzPackets } from './packets.ts';
import { fuzzStack } from './stack.ts';
import { fuzzStreams } from './streams.ts';
import { fuzzXmpp } from './xmpp.ts';

const PACKETS_A_WIRE = 1_000;
const PACKETS_A_STREAM = 5;
const PACKETS_A_BYTE_STREAM = 10;
const PACKETS_A_REQUEST = 5;
const DEFAULT_PACKETS = '1000000';

/** What a long run of streams may leave behind on the heap: caches that are full, no more. */
const MAX_GROWN_BYTES = 16e6;

const PARTS = ['packets', 'streams', 'stack', 'xmpp', 'chat-json'] as const;
type Part = (typeof PARTS)[number];

/** Runs one part; gives what it did in words. */
const RUN: Readonly<Record<Part, (count: number, seed: number) => Promise<string> | string>> = {
  packets: (count, seed) => {
    const { understood, files, frames } = fuzzPackets(count, seed);
    return `${count} packets (${understood} read to their transport header), ${files} files with ${frames} frames`;
  },

  streams: (count, seed) => {
    const { complete, broken, named } = fuzzStreams(count, seed);
    return `${count} streams of HTTP and TLS (${complete} messages whole, ${broken} broken; ${named} records named)`;
  },

  stack: (count, seed) => {
    const { wires, packets, hostile } = fuzzStack(count, seed);
    return `${wires} wires with ${packets} packets of the lab's stack, ${hostile} hostile ones`;
  },

  xmpp: async (count, seed) => {
    setFlagsFromString('--expose-gc');
    globalThis.gc = runInNewContext('gc');
    const { bound, errors, grownBytes } = await fuzzXmpp(count, seed);
    const grown = grownBytes ?? 0;
    if (grown > MAX_GROWN_BYTES) throw new Error(`the heap has grown by ${grown} octets over the second half`);
    const endings = [...errors].sort(([, a], [, b]) => b - a).map(([condition, number]) => `${condition} ${number}`);
    return `${count} streams of XMPP (${bound} bound; ${endings.join(', ')}), heap ${(grown / 1e6).toFixed(1)} MB more than halfway`;
  },

  'chat-json': async (count, seed) => {
    const { clients, answers } = await fuzzChatJson(count, seed);
    const told = [...answers].sort(([, a], [, b]) => b - a).map(([what, number]) => `${what} ${number}`);
    return `${count} requests of ${clients} clients by JSON (${told.join(', ')})`;
  },
};

async function main([first, ...rest]: readonly string[]): Promise<void> {
  const named = PARTS.find((part) => part === first) ?? null;
  const [count = DEFAULT_PACKETS, seed = String(Date.now() % 2 ** 31)] = named || !first ? rest : [first, ...rest];
  const packets = Number(count);
  const counts = {
    packets,
    streams: Math.ceil(packets / PACKETS_A_BYTE_STREAM),
    stack: Math.ceil(packets / PACKETS_A_WIRE),
    xmpp: Math.ceil(packets / PACKETS_A_STREAM),
    'chat-json': Math.ceil(packets / PACKETS_A_REQUEST),
  };
  console.log(`fuzzing with seed ${seed}`);
  for (const part of named ? [named] : PARTS) {
    const beganMs = performance.now();
    const done = await RUN[part](named && rest.length > 0 ? packets : counts[part], Number(seed));
    console.log(`${done}: ${((performance.now() - beganMs) / 1_000).toFixed(1)} s`);
  }
}

main(process.argv.slice(2)).catch((error) => {
  console.error(error);
  process.exitCode = 1;
});
