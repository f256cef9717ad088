import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { connect as connectTls, type TLSSocket } from 'node:tls';
import type { Parcel, Person } from './people.ts';

/** One with a program of their own: a plain socket, unknown to the page. */
export async function socketPerson(): Promise<Person> {
  const talk = createTalk();
  const closers = [talk.close];
  return {
    ...talk,
    async send(parcel) {
      closers.push(await (parcel.transport === 'udp' ? sendDatagrams(parcel) : sendSegments(parcel)));
    },
    async secure(port, text, version) {
      const socket = connectSecured(port, version);
      closers.push(() => socket.destroy());
      socket.write(`${text}\n`);
      await once(socket, 'data');
      socket.end();
    },
    async close() {
      for (const close of closers) close();
    },
  };
}

/** One connection, line by line. */
function createTalk() {
  let socket: Socket | null = null;
  let received = '';
  const connected = () => {
    if (!socket) throw new Error('not connected');
    return socket;
  };
  return {
    async connect(host: string, port: number) {
      socket = connect({ host, port });
      // A server that gives a silent client up sends a RST: a lesson is about it.
      socket.on('error', () => socket?.destroy());
      socket.on('data', (chunk) => {
        received += chunk.toString();
      });
      await once(socket, 'connect');
    },
    async say(text: string) {
      received = '';
      connected().write(`${text}\n`);
    },
    async hear(text: string) {
      while (!received.includes(text)) await once(connected(), 'data');
    },
    async hangUp() {
      const closed = once(connected(), 'close');
      connected().end();
      await closed;
    },
    close(): void {
      socket?.destroy();
    },
  };
}

/** Speaks this version of TLS only; left out: the newest that both have. */
function connectSecured(port: number, version?: '1.2' | '1.3'): TLSSocket {
  const only = version && ({ '1.2': 'TLSv1.2', '1.3': 'TLSv1.3' } as const)[version];
  return connectTls({
    ...{ port, host: '127.0.0.1', servername: 'localhost', rejectUnauthorized: false },
    ...(only && { minVersion: only, maxVersion: only }),
  });
}

async function sendSegments({ host, port, pieces, pauseMs, arrived }: Parcel): Promise<() => void> {
  const socket = connect({ host, port, noDelay: true });
  await once(socket, 'connect');
  socket.resume();
  let sentBytes = 0;
  for (const [index, piece] of pieces.entries()) {
    if (index > 0 && pauseMs > 0) {
      await arrived(socket.localPort ?? 0, sentBytes);
      await pause(pauseMs);
    }
    socket.write(piece);
    sentBytes += piece.length;
  }
  socket.end();
  return () => socket.destroy();
}

async function sendDatagrams({ host, port, pieces, pauseMs }: Parcel): Promise<() => void> {
  const socket = createSocket('udp4');
  for (const [index, piece] of pieces.entries()) {
    await pause(index === 0 ? 0 : pauseMs);
    await new Promise((sent) => socket.send(piece, port, host, sent));
  }
  return () => socket.close();
}

/** The pause is what is sent here: it is what cuts a stream into reads. */
async function pause(timeMs: number): Promise<void> {
  if (timeMs > 0) await new Promise((over) => setTimeout(over, timeMs));
}
