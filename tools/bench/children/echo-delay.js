/** One connection to an echo server, one small message at a time. Prints the median of the round trips. */
import { once } from 'node:events';
import { answer, open, readOptions } from './talk.js';

/** @type {{ port: number, messageBytes: number, warmUp: number, messages: number }} */
const { port, messageBytes, warmUp, messages } = readOptions();

const message = Buffer.alloc(messageBytes, 'porthole ');
const socket = await open(port);
/** @type {number[]} */
const times = [];
for (let sent = 0; sent < warmUp + messages; sent += 1) {
  const startedMs = performance.now();
  socket.write(message);
  let missing = messageBytes;
  while (missing > 0) {
    const [bytes] = await once(socket, 'data');
    missing -= bytes.length;
  }
  if (sent >= warmUp) times.push(performance.now() - startedMs);
}
socket.destroy();
times.sort((a, b) => a - b);
answer({ medianMs: times[Math.floor(times.length / 2)] ?? null });
