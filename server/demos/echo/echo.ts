/** The Echo Protocol, RFC 862: whatever is sent comes back. https://www.rfc-editor.org/rfc/rfc862 */
import type { Demo, DemoConnection, DemoDatagram, RunningDemo } from '../demo.ts';

/** Octets that may wait for a client that does not read; then its connection is no longer read from either. */
export const MAX_ECHO_QUEUE_BYTES = 128 * 1024;

/** TCP and UDP on 7007; the well-known port is 7. */
export const echo: Demo = {
  id: 'echo',
  port: 7007,
  transports: ['tcp', 'udp'],
  start: (): RunningDemo => ({ connection: serve, datagram: answer }),
};

/** The listeners are shared by all connections, so that ten thousand idle ones cost no closures. */
function serve(connection: DemoConnection): void {
  connection.lendTo(sendBack);
  connection.on('drain', readOn);
  connection.on('end', finish);
}

/**
 * `write` answers false for any chunk above the high-water mark, even for one that the kernel has taken already. To stop
 * and start reading for each would only cost time, so it stops when octets really wait. No closure, no allocation here.
 */
function sendBack(this: DemoConnection, lent: Buffer): void {
  if (!this.write(lent) && this.queuedBytes > MAX_ECHO_QUEUE_BYTES) this.pause();
}

function readOn(this: DemoConnection): void {
  this.resume();
}

/** The client has sent its FIN. `end` sends what still waits, and then ours. */
function finish(this: DemoConnection): void {
  this.end();
}

/** RFC 862, "UDP Based Echo Service": the data of the datagram, in an answering datagram; none is data, too. */
function answer(datagram: DemoDatagram): void {
  datagram.reply(datagram.bytes);
}
