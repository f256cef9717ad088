import { catchesServers, type Serve } from '../testing/catches.ts';
import { lines } from './lines.ts';

/** How a server of lines goes wrong; nothing of it is a right one. */
interface Habits {
  /** One read is one line. */
  readonly perRead?: true;
  /** Only the first line of a read is answered at once. */
  readonly oneLinePerRead?: true;
  readonly keepsCr?: true;
  readonly countsCharacters?: true;
  /** Each read becomes text by itself. */
  readonly decodesReads?: true;
  readonly bufferBytes?: number;
  readonly endless?: true;
  readonly boundBytes?: number;
}

const server = (habits: Habits = {}): (() => Serve) => {
  return () => (socket) => {
    let held = Buffer.alloc(0);
    const answer = (line: Buffer): void => {
      const bare = habits.keepsCr ? line : Buffer.from(line.toString('latin1').replace(/\r$/, ''), 'latin1');
      const length = habits.countsCharacters ? bare.toString('utf8').length : bare.length;
      socket.write(Buffer.concat([Buffer.from(`${length} `), bare, Buffer.from('\n')]));
    };
    socket.on('end', () => socket.end());
    socket.on('data', (chunk: Buffer) => {
      if (habits.perRead) return answer(Buffer.from(chunk.toString('latin1').replace(/\n$/, ''), 'latin1'));
      held = Buffer.concat([held, habits.decodesReads ? Buffer.from(chunk.toString('utf8')) : chunk]);
      if (habits.bufferBytes && held.length > habits.bufferBytes)
        held = Buffer.concat([held.subarray(0, habits.bufferBytes), Buffer.from('\n')]);
      for (let end = held.indexOf('\n'); end >= 0; end = held.indexOf('\n')) {
        answer(held.subarray(0, end));
        held = habits.oneLinePerRead ? Buffer.alloc(0) : held.subarray(end + 1);
      }
      if (!habits.endless && held.length > (habits.boundBytes ?? 4_096)) socket.destroy();
    });
  };
};

catchesServers(
  lines,
  [
    ['takes a read for a line', 'two-in-one', 'wrong-line', server({ perRead: true })],
    ['answers one line a read', 'two-in-one', 'silent', server({ oneLinePerRead: true })],
    ['counts the carriage return', 'crlf', 'wrong-line', server({ keepsCr: true })],
    ['counts characters', 'octets', 'wrong-line', server({ countsCharacters: true })],
    ['decodes each read by itself', 'octets', 'wrong-line', server({ decodesReads: true })],
    ['has a buffer of 1 KiB', 'long', 'first-piece-only', server({ bufferBytes: 1_024 })],
    ['keeps an endless line', 'endless', 'no-bound', server({ endless: true })],
    ['has too small a bound', 'long', 'closed-silent', server({ boundBytes: 1_000 })],
    ['echoes', 'one', 'wrong-line', () => (socket) => socket.pipe(socket)],
  ],
  server(),
);
