import { catchesServers, type Serve } from '../testing/catches.ts';
import { lengthPrefix } from './length-prefix.ts';

/** How a server of length-prefixed messages goes wrong. */
interface Habits {
  readonly littleEndian?: true;
  readonly perRead?: true;
  readonly wholePrefix?: true;
  readonly noEmpty?: true;
  readonly straight?: true;
  readonly unbounded?: true;
  readonly signed?: true;
  readonly firstOnly?: true;
}

const server = (habits: Habits = {}): (() => Serve) => {
  return () => (socket) => {
    let held: Buffer = Buffer.alloc(0);
    const lengthAt = (): number => (habits.signed ? held.readInt32BE() : held.readUInt32BE());
    const answer = (payload: Buffer): void => {
      if (habits.noEmpty && payload.length === 0) return;
      const prefix = Buffer.alloc(4);
      if (habits.littleEndian) prefix.writeUInt32LE(payload.length);
      else prefix.writeUInt32BE(payload.length);
      const body = Buffer.from(payload);
      socket.write(Buffer.concat([prefix, habits.straight ? body : body.reverse()]));
    };
    socket.on('end', () => socket.end());
    socket.on('data', (chunk: Buffer) => {
      if (habits.perRead) return answer(chunk.subarray(4));
      // A prefix in pieces is taken for a new message.
      held = habits.wholePrefix && held.length < 4 ? chunk : Buffer.concat([held, chunk]);
      while (held.length >= 4 && !socket.destroyed) {
        const length = lengthAt();
        if (length > 65_536 && !habits.unbounded) return void socket.destroy();
        if (length < 0 || held.length < 4 + length) return;
        answer(held.subarray(4, 4 + length));
        held = habits.firstOnly ? Buffer.alloc(0) : held.subarray(4 + length);
      }
    });
  };
};

catchesServers(
  lengthPrefix,
  [
    ['writes its prefix little-endian', 'one', 'wrong-prefix', server({ littleEndian: true })],
    ['does not reverse', 'one', 'different', server({ straight: true })],
    ['has no answer to an empty payload', 'empty', 'silent', server({ noEmpty: true })],
    ['takes a read for a message', 'joined', 'wrong-prefix', server({ perRead: true })],
    ['answers one message a read', 'joined', 'silent', server({ firstOnly: true })],
    ['expects its prefix in one read', 'cut', 'closed-silent', server({ wholePrefix: true })],
    ['waits for 2 GiB', 'oversize', 'oversize-accepted', server({ unbounded: true })],
    ['takes lengths for signed numbers', 'oversize', 'oversize-accepted', server({ signed: true })],
  ],
  server(),
);
