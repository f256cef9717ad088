/**
 * Holds many connections open to an echo server and says nothing on them. Prints how many are open; told to go on, asks some
 * of them, spread over all, and prints how long the answers took; told again, ends.
 */
import { once } from 'node:events';
import { answer, open, readOptions, told } from './talk.js';

/** @type {{ port: number, connections: number, probes: number }} */
const { port, connections, probes } = readOptions();

/** Connections that are being opened at the same time. */
const AT_ONCE = 250;

/** @type {import('node:net').Socket[]} */
const sockets = [];
let lost = 0;

while (sockets.length < connections) {
  const count = Math.min(AT_ONCE, connections - sockets.length);
  const opened = await Promise.all(Array.from({ length: count }, () => open(port).catch((error) => error)));
  const failed = opened.find((each) => each instanceof Error);
  if (failed) {
    answer({ opened: sockets.length, error: failed.message });
    process.exit(1);
  }
  for (const socket of opened) {
    socket.on('close', () => {
      lost += 1;
    });
    socket.on('error', () => socket.destroy());
    sockets.push(socket);
  }
}
answer({ opened: sockets.length });

await told();
const times = [];
for (let probe = 0; probe < probes; probe += 1) {
  const socket = sockets[Math.floor((probe * sockets.length) / probes)];
  if (!socket) continue;
  const startedMs = performance.now();
  socket.write(`probe ${probe}\n`);
  await once(socket, 'data');
  times.push(performance.now() - startedMs);
}
times.sort((a, b) => a - b);
answer({
  answered: times.length,
  lost,
  medianMs: times[Math.floor(times.length / 2)] ?? null,
  worstMs: times.at(-1) ?? null,
});
