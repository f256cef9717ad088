/** Counts until the client’s FIN, and answers after it: Node would close by itself without allowHalfOpen. */
import { createServer } from 'node:net';
import { listen } from './listen.js';

listen(
  createServer({ allowHalfOpen: true }, (client) => {
    let total = 0;
    client.on('error', () => client.destroy());
    client.on('data', (chunk) => {
      total += chunk.length;
    });
    client.on('end', () => client.end(`${total}\n`));
  }),
);
