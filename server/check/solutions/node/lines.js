/** A line is complete when its line feed is there; what follows it belongs to the next. */
import { createServer } from 'node:net';
import { listen } from './listen.js';

const MAX_LINE_BYTES = 4_096;

listen(
  createServer((client) => {
    let held = Buffer.alloc(0);
    client.on('error', () => client.destroy());
    client.on('data', (chunk) => {
      held = Buffer.concat([held, chunk]);
      for (let end = held.indexOf(0x0a); end >= 0; end = held.indexOf(0x0a)) {
        const line = held.subarray(0, end > 0 && held[end - 1] === 0x0d ? end - 1 : end);
        client.write(Buffer.concat([Buffer.from(`${line.length} `), line, Buffer.from('\n')]));
        held = held.subarray(end + 1);
      }
      if (held.length > MAX_LINE_BYTES) client.destroy();
    });
  }),
);
