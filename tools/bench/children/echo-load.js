/**
 * Load of an echo server: every connection sends a message, waits until all of it has come back, and sends the next.
 * Prints messages a second, and the messages of the whole run.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { answer, open, readOptions } from './talk.js';

/** @type {{ port: number, connections: number, messageBytes: number, warmUpMs: number, runMs: number }} */
const { port, connections, messageBytes, warmUpMs, runMs } = readOptions();

const message = Buffer.alloc(messageBytes, 'porthole ');
let messages = 0;

async function talk() {
  let missing = messageBytes;
  const socket = await open(port, {
    buffer: Buffer.allocUnsafe(65_536),
    callback: (bytes) => {
      missing -= bytes;
      if (missing === 0) {
        messages += 1;
        missing = messageBytes;
        socket.write(message);
      }
      return true;
    },
  });
  socket.on('error', (error) => answer({ error: error.message }));
  socket.write(message);
}

await Promise.all(Array.from({ length: connections }, talk));
await delay(warmUpMs);
const before = messages;
const startedMs = performance.now();
await delay(runMs);
const seconds = (performance.now() - startedMs) / 1000;
answer({ perSecond: (messages - before) / seconds, total: messages });
