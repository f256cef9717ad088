import type { DemoConnection } from '../demo.ts';
import { MAX_REPLY_QUEUE_BYTES } from './limits.ts';
import { LineSplitter } from './line-splitter.ts';
import type { JsonLink, JsonPeer } from './link.ts';

/** Carries the chat over a TCP connection: one object a line. */
export function linkTcp(connection: DemoConnection, open: (link: JsonLink) => JsonPeer): void {
  const splitter = new LineSplitter();
  const peer = open(tcpLink(connection));
  connection.on('data', (chunk: Buffer) => {
    for (const line of splitter.split(chunk)) peer.receive(line);
  });
  connection.on('drain', () => peer.drained());
  connection.on('end', () => peer.finished());
  connection.on('close', () => peer.lost());
}

function tcpLink(connection: DemoConnection): JsonLink {
  return {
    get queuedBytes() {
      return connection.queuedBytes;
    },
    get congested() {
      return connection.queuedBytes > MAX_REPLY_QUEUE_BYTES && connection.writableNeedDrain;
    },
    send: (objects) => !connection.writable || connection.write(`${objects.join('\n')}\n`),
    pause: () => connection.pause(),
    resume: () => connection.resume(),
    end: () => connection.end(),
    reset: (reason) => connection.reset(reason),
  };
}
