import { createSocket, type RemoteInfo } from 'node:dgram';
import { expect, it } from 'vitest';
import { freePort } from '../../testing/free-port.ts';
import { type Answer, catchesDatagrams } from '../testing/catches.ts';
import { verdictOn } from '../testing/checked.ts';
import { udpEcho } from './udp-echo.ts';

const changed =
  (change: (bytes: Buffer) => Buffer | string): (() => Answer) =>
  () =>
  (socket, bytes, { port, address }) =>
    socket.send(change(bytes), port, address);

catchesDatagrams(
  udpEcho,
  [
    ['never answers', 'one', 'silent-datagram', () => () => {}],
    ['answers twice', 'one', 'datagram-extra', times(2)],
    ['answers without end', 'one', 'datagram-flood', times(60)],
    ['answers from another port', 'one', 'wrong-sender', fromElsewhere],
    ['takes octets for text', 'any-octet', 'datagram-different', changed((bytes) => bytes.toString('utf8'))],
    ['joins two datagrams', 'boundaries', 'datagram-different', joined],
    ['has no answer to an empty datagram', 'empty', 'silent-datagram', withoutEmpty],
    ['has a buffer of 1,024 octets', 'large', 'datagram-cut', changed((bytes) => bytes.subarray(0, 1_024))],
    ['answers whoever came first', 'two-clients', 'datagram-different', firstOnly],
  ],
  changed((bytes) => bytes),
);

it('the check “udp-echo” says so when nothing listens', async () => {
  expect((await verdictOn(udpEcho, await freePort())).code).toBe('refused-datagram');
});

function times(count: number): () => Answer {
  return () =>
    (socket, bytes, { port, address }) => {
      for (let sent = 0; sent < count; sent += 1) socket.send(bytes, port, address);
    };
}

function fromElsewhere(): Answer {
  return (_socket, bytes, { port, address }) => {
    const other = createSocket('udp4');
    other.send(bytes, port, address, () => other.close());
  };
}

function withoutEmpty(): Answer {
  return (socket, bytes, { port, address }) => {
    if (bytes.length > 0) socket.send(bytes, port, address);
  };
}

/** The second of three is kept and sent with the third. */
function joined(): Answer {
  let kept = Buffer.alloc(0);
  let count = 0;
  return (socket, bytes, { port, address }) => {
    count += 1;
    kept = Buffer.concat([kept, bytes]);
    if (count === 4) return;
    socket.send(kept, port, address);
    kept = Buffer.alloc(0);
  };
}

/** Two are remembered as one: within a stage with two clients, the first gets everything. */
function firstOnly(): Answer {
  const latest: RemoteInfo[] = [];
  return (socket, bytes, from) => {
    if (bytes.toString() === 'bert') latest.push(from);
    const { port, address } = (bytes.toString() === 'anna again' && latest[0]) || from;
    socket.send(bytes.toString() === 'bert' ? 'anna' : bytes, port, address);
  };
}
