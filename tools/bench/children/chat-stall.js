/**
 * A room in which one client stops reading while the others talk. Every line carries its speaker and number, and every listener
 * checks that nobody's lines are missing or out of order. Prints what was delivered, and what became of the one who stalled.
 */
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { enterRoom } from './chat-room.js';
import { answer, readOptions } from './talk.js';

/** @type {{ port: number, clients: number, asksForNick: boolean, linesEach: number, lineBytes: number, frozenAfterMs: number }} */
const { port, clients, asksForNick, linesEach, lineBytes, frozenAfterMs } = readOptions();

/** Lines that a speaker may be before what the others said. */
const AHEAD = 4;

let lastMs = performance.now();
let inOrder = true;
let delivered = 0;

const room = await enterRoom({ port, clients, asksForNick, onLines: () => {} });
const stalled = room.at(-1);
const talkers = room.slice(0, -1);
stalled?.socket.removeAllListeners('data');
stalled?.socket.pause();

const speakers = talkers.map(({ socket }, index) => {
  /** Next number expected of each speaker. */
  const expected = new Map();
  const speaker = { heard: 0, said: 0 };
  socket.removeAllListeners('data');
  createInterface({ input: socket }).on('line', (text) => {
    const [, from, number] = /#(\d+)-(\d+)#/.exec(text) ?? [];
    if (from === undefined || number === undefined || Number(from) === index) return;
    if (Number(number) !== (expected.get(from) ?? 0)) inOrder = false;
    expected.set(from, Number(number) + 1);
    lastMs = performance.now();
    speaker.heard += 1;
    delivered += 1;
    talk(speaker, socket, index);
  });
  return { speaker, socket, index };
});
for (const { speaker, socket, index } of speakers) talk(speaker, socket, index);

const expectedLines = talkers.length * (talkers.length - 1) * linesEach;
while (delivered < expectedLines && performance.now() - lastMs < frozenAfterMs) await delay(20);
const frozen = delivered < expectedLines;
answer({ delivered, expectedLines, inOrder, frozen, stalledEnded: frozen ? false : await endedAfterAll() });

/** Reads on at last: does the connection still live? */
async function endedAfterAll() {
  if (!stalled) return false;
  let ended = stalled.socket.destroyed;
  for (const event of ['end', 'close', 'error']) {
    stalled.socket.once(event, () => {
      ended = true;
    });
  }
  stalled.socket.resume();
  const deadline = performance.now() + frozenAfterMs;
  while (!ended && performance.now() < deadline) await delay(20);
  return ended;
}

/**
 * @param {{ heard: number, said: number }} speaker
 * @param {import('node:net').Socket} socket
 * @param {number} index
 */
function talk(speaker, socket, index) {
  const may = Math.min(linesEach, Math.floor(speaker.heard / (talkers.length - 1)) + AHEAD);
  for (; speaker.said < may; speaker.said += 1)
    socket.write(`${`#${index}-${speaker.said}#`.padEnd(lineBytes - 1, '.')}\n`);
}
