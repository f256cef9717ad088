/**
 * Load of a UDP echo server: every socket sends a datagram, waits for it to come back, and sends the next; one that does
 * not come back in time is lost and the next is sent. Prints datagrams a second, all datagrams of the run, and the lost ones.
 */
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { answer, readOptions } from './talk.js';

/** @type {{ port: number, sockets: number, datagramBytes: number, warmUpMs: number, runMs: number }} */
const { port, sockets, datagramBytes, warmUpMs, runMs } = readOptions();

/** A datagram that has not come back over loopback by then never will. */
const LOST_AFTER_MS = 250;

const datagram = Buffer.alloc(datagramBytes, 'porthole ');
let echoed = 0;
let lost = 0;

async function talk() {
  const socket = createSocket('udp4');
  socket.connect(port, '127.0.0.1');
  await once(socket, 'connect');
  let waitingSinceMs = 0;
  const send = () => {
    waitingSinceMs = performance.now();
    socket.send(datagram);
  };
  socket.on('message', () => {
    echoed += 1;
    send();
  });
  setInterval(() => {
    if (performance.now() - waitingSinceMs < LOST_AFTER_MS) return;
    lost += 1;
    send();
  }, LOST_AFTER_MS);
  send();
}

await Promise.all(Array.from({ length: sockets }, talk));
await delay(warmUpMs);
const before = echoed;
const startedMs = performance.now();
await delay(runMs);
const seconds = (performance.now() - startedMs) / 1000;
answer({ perSecond: (echoed - before) / seconds, total: echoed, lost });
