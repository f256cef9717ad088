/** Four octets of length, then the payload; it goes back the other way round. */
import { createServer } from 'node:net';
import { listen } from './listen.js';

const PREFIX_BYTES = 4;
const MAX_PAYLOAD_BYTES = 65_536;

listen(
  createServer((client) => {
    let held = Buffer.alloc(0);
    client.on('error', () => client.destroy());
    client.on('data', (chunk) => {
      held = Buffer.concat([held, chunk]);
      while (held.length >= PREFIX_BYTES && !client.destroyed) {
        const end = PREFIX_BYTES + held.readUInt32BE();
        if (end > PREFIX_BYTES + MAX_PAYLOAD_BYTES) client.destroy();
        if (held.length < end) return;
        client.write(held.subarray(0, PREFIX_BYTES));
        client.write(Buffer.from(held.subarray(PREFIX_BYTES, end)).reverse());
        held = held.subarray(end);
      }
    });
  }),
);
