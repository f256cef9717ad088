/**
 * Load of a chat room: everybody talks, at the pace at which the room delivers. Nobody is more than `ahead` lines before what
 * the others said has come to him. Prints lines delivered a second, and to how many one line goes.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { countLines, enterRoom } from './chat-room.js';
import { answer, readOptions } from './talk.js';

/** @type {{ port: number, clients: number, asksForNick: boolean, ahead: number, warmUpMs: number, runMs: number }} */
const { port, clients, asksForNick, ahead, warmUpMs, runMs } = readOptions();

/** Longest wait for the line that shows how the room delivers. */
const FIRST_LINE_MS = 3_000;

const line = 'the quick brown fox jumps over the lazy dog\n';
let delivered = 0;
/** Lines that come to everybody when everybody has said one; 0 while nobody should talk. */
let linesARound = 0;
/** @type {WeakMap<import('./chat-room.js').ChatClient, number>} */
const said = new WeakMap();

const room = await enterRoom({
  port,
  clients,
  asksForNick,
  onLines: (client, chunk) => {
    const lines = countLines(chunk);
    client.lines += lines;
    delivered += lines;
    if (linesARound > 0) talk(client);
  },
});

const [first] = room;
const before = delivered;
first?.socket.write(line);
const deadline = performance.now() + FIRST_LINE_MS;
while (delivered - before < clients - 1 && performance.now() < deadline) await delay(5);
await delay(100);
const reached = delivered - before;
if (reached !== clients && reached !== clients - 1) {
  answer({ error: `one line came ${reached} times in a room of ${clients}` });
  process.exit(1);
}
linesARound = reached;
for (const client of room) client.lines = 0;
for (const client of room) talk(client);

await delay(warmUpMs);
const countedFrom = delivered;
const startedMs = performance.now();
await delay(runMs);
const seconds = (performance.now() - startedMs) / 1000;
answer({ perSecond: (delivered - countedFrom) / seconds, linesARound });

/** @param {import('./chat-room.js').ChatClient} client */
function talk(client) {
  const mayHaveSaid = Math.floor(client.lines / (linesARound === clients ? clients : clients - 1)) + ahead;
  let count = said.get(client) ?? 0;
  let text = '';
  for (; count < mayHaveSaid; count += 1) text += line;
  said.set(client, count);
  if (text !== '') client.socket.write(text);
}
