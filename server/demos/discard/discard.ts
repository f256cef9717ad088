/** The Discard Protocol, RFC 863: whatever is sent is thrown away. https://www.rfc-editor.org/rfc/rfc863 */
import type { Demo, DemoConnection, RunningDemo } from '../demo.ts';

/** TCP and UDP on 7009; the well-known port is 9. */
export const discard: Demo = {
  id: 'discard',
  port: 7009,
  transports: ['tcp', 'udp'],
  start: (): RunningDemo => ({ connection: serve, datagram: ignore }),
};

function serve(connection: DemoConnection): void {
  connection.on('end', finish);
  // A stream that is not read from never ends, and its sender comes to a halt.
  connection.lendTo(drop);
}

function drop(): void {}

function finish(this: DemoConnection): void {
  this.end();
}

/** RFC 863, "UDP Based Discard Service": no response is sent. */
function ignore(): void {}
