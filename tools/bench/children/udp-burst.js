/**
 * Bursts at a UDP echo server that is held still while a burst arrives, so that all of it must fit the receive buffer.
 * Prints how many datagrams were sent and how many came back.
 */
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { answer, readOptions } from './talk.js';

/** @type {{ port: number, pid: number, datagramBytes: number, perBurst: number, bursts: number, receiveBufferBytes: number }} */
const { port, pid, datagramBytes, perBurst, bursts, receiveBufferBytes } = readOptions();

/** A burst is over when nothing came back for so long. */
const QUIET_MS = 300;

const datagram = Buffer.alloc(datagramBytes, 'porthole ');
const socket = createSocket('udp4');
let echoed = 0;
let lastMs = 0;
socket.on('message', () => {
  echoed += 1;
  lastMs = performance.now();
});
socket.connect(port, '127.0.0.1');
await once(socket, 'connect');
socket.setRecvBufferSize(receiveBufferBytes);

for (let burst = 0; burst < bursts; burst += 1) {
  process.kill(pid, 'SIGSTOP');
  try {
    await Promise.all(Array.from({ length: perBurst }, sendOne));
  } finally {
    process.kill(pid, 'SIGCONT');
  }
  await quiet((burst + 1) * perBurst);
}
answer({ sent: bursts * perBurst, echoed });

function sendOne() {
  return new Promise((resolve, reject) => {
    socket.send(datagram, (error) => (error ? reject(error) : resolve(undefined)));
  });
}

/** @param {number} expected Datagrams that have come back when none was lost. */
async function quiet(expected) {
  lastMs = performance.now();
  while (echoed < expected && performance.now() - lastMs < QUIET_MS) await delay(5);
}
