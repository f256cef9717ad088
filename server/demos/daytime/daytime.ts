/** The Daytime Protocol, RFC 867: a line with date and time for whoever asks. https://www.rfc-editor.org/rfc/rfc867 */
import type { Demo, DemoContext, RunningDemo } from '../demo.ts';
import { daytimeLine } from './daytime-line.ts';

/** TCP and UDP on 7013; the well-known port is 13. */
export const daytime: Demo = {
  id: 'daytime',
  port: 7013,
  transports: ['tcp', 'udp'],
  start: ({ now }: DemoContext): RunningDemo => ({
    connection(connection) {
      // RFC 867, "TCP Based Daytime Service": what is received is thrown away, and the service closes after the line.
      connection.resume();
      connection.end(daytimeLine(now()));
    },
    datagram(datagram) {
      datagram.reply(Buffer.from(daytimeLine(now()), 'ascii'));
    },
  }),
};
