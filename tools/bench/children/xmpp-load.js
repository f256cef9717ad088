/** Messages from one person to another, so many on their way at once. Prints messages delivered a second. */
import { setTimeout as delay } from 'node:timers/promises';
import { answer, readOptions } from './talk.js';
import { countMarks, logIn } from './xmpp-client.js';

/** @type {{ port: number, window: number, warmUpMs: number, runMs: number }} */
const { port, window, warmUpMs, runMs } = readOptions();

const alice = await logIn({ port, user: 'alice', resource: 'load', available: true });
const bob = await logIn({ port, user: 'bob', resource: 'load', available: true });
const message =
  "<message to='bob@localhost/load' type='chat' id='m'><body>the quick brown fox jumps over the lazy dog</body></message>";

let delivered = 0;
alice.resume();
countMarks(bob, '</message>', (count) => {
  delivered += count;
  alice.write(message.repeat(count));
});
alice.write(message.repeat(window));
await delay(warmUpMs);
const countedFrom = delivered;
const startedMs = performance.now();
await delay(runMs);
answer({ perSecond: ((delivered - countedFrom) * 1_000) / (performance.now() - startedMs) });
process.exit(0);
