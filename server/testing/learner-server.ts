import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { afterEach } from 'vitest';

/** Starts servers as a learner would write them, each on a free port of 127.0.0.1; they are closed after each test. */
export function learnerServers(): (serve: (socket: Socket) => void) => Promise<number> {
  const open: (() => unknown)[] = [];
  afterEach(() => {
    for (const close of open.splice(0).reverse()) close();
  });
  return async (serve) => {
    const listening = createServer({ allowHalfOpen: true }, (socket) => {
      open.push(() => socket.destroy());
      socket.on('error', () => socket.destroy());
      serve(socket);
    }).listen(0, '127.0.0.1');
    open.push(() => listening.close());
    await once(listening, 'listening');
    const address = listening.address();
    if (typeof address !== 'object' || !address) throw new Error('it does not listen');
    return address.port;
  };
}
