/** Clients of the built server that are no browser. */
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';
import type { BuiltServer } from './built-server.ts';

/** A client of a demo; destroyed when the test is over. What it gets waits until somebody reads it. */
export async function client(server: BuiltServer, demo: string): Promise<Socket> {
  const socket = connect({ port: server.demo(demo).port, host: '127.0.0.1', noDelay: true });
  onTestFinished(() => {
    socket.destroy();
  });
  await once(socket, 'connect');
  return socket;
}

/** Sends `bytes` to the echo demo and waits until they have come back. */
export async function exchange(socket: Socket, bytes: Uint8Array | string): Promise<void> {
  const wanted = Buffer.from(bytes).length;
  let got = 0;
  const back = new Promise<void>((resolve) => {
    const count = (chunk: Buffer) => {
      got += chunk.length;
      if (got < wanted) return;
      socket.off('data', count);
      resolve();
    };
    socket.on('data', count);
  });
  socket.write(bytes);
  await back;
}
