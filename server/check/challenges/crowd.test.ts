import type { Socket } from 'node:net';
import { catchesServers, type Serve } from '../testing/catches.ts';
import { crowd } from './crowd.ts';

catchesServers(
  crowd,
  [
    ['serves one client after the other', 'second', 'one-at-a-time', oneByOne],
    ['accepts ten at the most', 'fifty', 'closed-silent', atMostTen],
    ['answers all of them', 'fifty', 'different', toEverybody],
    ['ends when one vanishes', 'vanished', 'fell-with-another', endsWithOne],
    ['stops reading everybody while one does not read', 'unread', 'one-at-a-time', oneBlocksAll],
    ['forgets to close', 'again', 'stays-open', () => (socket) => socket.on('data', (chunk) => socket.write(chunk))],
  ],
  echo,
);

function echo(): Serve {
  return (socket) => socket.pipe(socket);
}

function oneByOne(): Serve {
  let last = Promise.resolve();
  return (socket) => {
    const gone = new Promise<void>((resolve) => socket.on('close', () => resolve()));
    socket.pause();
    last = last.then(() => {
      socket.pipe(socket);
      return gone;
    });
  };
}

function atMostTen(): Serve {
  let open = 0;
  return (socket) => {
    open += 1;
    socket.on('close', () => {
      open -= 1;
    });
    if (open > 10) socket.resume().end();
    else socket.pipe(socket);
  };
}

function toEverybody(): Serve {
  const all = new Set<Socket>();
  return (socket) => {
    // Two apart are served well; with fifty, each gets what all of them say.
    all.add(socket);
    socket.on('close', () => all.delete(socket));
    socket.on('data', (chunk) => {
      for (const other of all.size > 10 ? all : [socket]) other.write(chunk);
    });
    socket.on('end', () => socket.end());
  };
}

function endsWithOne(): Serve {
  const all = new Set<Socket>();
  return (socket) => {
    all.add(socket);
    socket.on('error', () => {
      for (const other of all) other.resetAndDestroy();
    });
    socket.pipe(socket);
  };
}

function oneBlocksAll(): Serve {
  const all = new Set<Socket>();
  let blocked = false;
  return (socket) => {
    all.add(socket);
    if (blocked) socket.pause();
    socket.on('data', (chunk) => {
      if (socket.write(chunk) || socket.writableLength < 4 * 1024 * 1024) return;
      blocked = true;
      for (const other of all) other.pause();
    });
    socket.on('close', () => all.delete(socket));
    socket.on('end', () => socket.end());
  };
}
