/** The time in UTC, as RFC 3339 writes it. */
import { createServer } from 'node:net';
import { listen } from './listen.js';

listen(
  createServer((client) => {
    client.on('error', () => client.destroy());
    client.resume().end(new Date().toISOString().replace(/\.\d+Z$/, 'Z\r\n'));
  }),
);
