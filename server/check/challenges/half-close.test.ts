import type { Socket } from 'node:net';
import { catchesServers, type Serve } from '../testing/catches.ts';
import { halfClose } from './half-close.ts';

const counts =
  (finish: (socket: Socket, total: number) => void, lengthOf = (chunk: Buffer) => chunk.length): (() => Serve) =>
  () =>
  (socket) => {
    let total = 0;
    socket.on('data', (chunk: Buffer) => {
      total += lengthOf(chunk);
    });
    socket.on('end', () => finish(socket, total));
  };

const right = counts((socket, total) => socket.end(`${total}\n`));

catchesServers(
  halfClose,
  [
    ['closes at the FIN', 'some', 'no-answer-after-fin', counts((socket) => socket.end())],
    ['ignores the FIN', 'some', 'silent', counts(() => {})],
    ['forgets the line feed', 'some', 'no-line-end', counts((socket, total) => socket.end(String(total)))],
    ['stays open', 'some', 'stays-open', counts((socket, total) => socket.write(`${total}\n`))],
    ['answers every read', 'not-before', 'answered-early', () => everyRead],
    [
      'counts characters',
      'octets',
      'wrong-line',
      counts(
        (socket, total) => socket.end(`${total}\n`),
        (chunk) => chunk.toString('utf8').length,
      ),
    ],
    [
      'takes a MiB for too much',
      'large',
      'reset',
      () => (socket) => {
        right()(socket, () => {});
        let read = 0;
        socket.on('data', (chunk) => {
          read += chunk.length;
          if (read > 500_000) socket.resetAndDestroy();
        });
      },
    ],
  ],
  right,
);

/** Passes the first stage, where everything comes in one read and the FIN right behind it. */
function everyRead(socket: Socket): void {
  let total = 0;
  let answered = false;
  socket.on('data', (chunk) => {
    total += chunk.length;
    if (total < 5) {
      socket.write(`${total}\n`);
      answered = true;
    }
  });
  socket.on('end', () => socket.end(answered ? '' : `${total}\n`));
}
