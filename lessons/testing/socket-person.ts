import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import type { Person } from './people.ts';

/** One with a program of their own: a plain socket, unknown to the page. */
export async function socketPerson(): Promise<Person> {
  let socket: Socket | null = null;
  let received = '';
  const connected = () => {
    if (!socket) throw new Error('not connected');
    return socket;
  };
  return {
    async connect(host, port) {
      socket = connect({ host, port });
      socket.on('data', (chunk) => {
        received += chunk.toString();
      });
      await once(socket, 'connect');
    },
    async say(text) {
      received = '';
      connected().write(`${text}\n`);
    },
    async hear(text) {
      while (!received.includes(text)) await once(connected(), 'data');
    },
    async hangUp() {
      const closed = once(connected(), 'close');
      connected().end();
      await closed;
    },
    async close() {
      socket?.destroy();
    },
  };
}
