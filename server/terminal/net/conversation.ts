/** A TCP conversation between a program's input and output and a peer. */
import type { Duplex } from 'node:stream';
import type { Program } from '../command.ts';
import { codeOf } from '../errors.ts';
import { SEND_HIGH_WATER_BYTES } from '../limits.ts';
import type { OctetsOutput } from '../program-output.ts';
import type { ProgramInput } from '../tty.ts';

/** How the peer's direction ended: its FIN, or an errno name (ECONNRESET, EPIPE, …). */
export type PeerEnd = 'end' | (string & {});

/** Reads a program's input beside something else that may happen first, without losing what is typed then. */
export interface InputReader {
  /** The next octets, `null` at the end of file; the same ones until they are taken. */
  next(): Promise<Uint8Array | null>;
  /** Like `next`, and the one after it is next. */
  take(): Promise<Uint8Array | null>;
}

/** A reader of `input`, which nobody else reads. */
export function createInputReader(input: ProgramInput): InputReader {
  let reading: Promise<Uint8Array | null> | null = null;
  const next = () => {
    reading ??= input.read();
    return reading;
  };
  return {
    next,
    take() {
      const taken = next();
      reading = null;
      return taken;
    },
  };
}

/** What comes from the peer. */
export interface Incoming {
  /** Resolves when nothing more will come. Never rejects. */
  readonly ended: Promise<PeerEnd>;
  /** Resolves when nothing can be sent either: the stream is closed, or an error ended it. Never rejects. */
  readonly gone: Promise<PeerEnd>;
  /** Stops and goes on by the program's own wish, besides the pauses that a slow browser causes. */
  hold(held: boolean): void;
}

/**
 * Hands what the peer sends to `take`, and pauses while the browser is behind.
 * @param take called with every piece as it was read
 */
export function receive(program: Program, stream: Duplex, take: (octets: Uint8Array) => void): Incoming {
  let held = false;
  let congested = false;
  const update = () => {
    if (held || congested) stream.pause();
    else stream.resume();
  };
  const resume = () => {
    congested = false;
    update();
  };
  let forget: () => void = () => undefined;
  stream.once('close', () => forget());
  stream.on('data', (octets: Uint8Array) => {
    take(octets);
    if (!program.flow.congested || congested) return;
    congested = true;
    update();
    forget = program.flow.whenDrained(resume);
  });
  const gone = whenGone(stream);
  return {
    ended: Promise.race([gone, new Promise<PeerEnd>((resolve) => stream.once('end', () => resolve('end')))]),
    gone,
    hold(now) {
      held = now;
      update();
    },
  };
}

function whenGone(stream: Duplex): Promise<PeerEnd> {
  // A connection that waited its turn (nc -l -k) may be gone already.
  if (stream.destroyed) return Promise.resolve('end');
  return new Promise((resolve) => {
    stream.on('error', (error) => resolve(codeOf(error)));
    stream.once('close', () => resolve('end'));
  });
}

/** Shows what comes from the peer on the program's output. */
export function show(program: Program, stream: Duplex, each?: () => void): Incoming {
  const output: OctetsOutput = program.output.octets('received');
  const incoming = receive(program, stream, (octets) => {
    output.write(octets);
    each?.();
  });
  void incoming.ended.then(() => output.end());
  return incoming;
}

/** Writes, and waits while the peer does not take it. False when the stream is not writable (any more). */
export async function send(stream: Duplex, octets: Uint8Array): Promise<boolean> {
  if (stream.destroyed || !stream.writable) return false;
  if (stream.write(octets) || stream.writableLength < SEND_HIGH_WATER_BYTES) return true;
  await new Promise<void>((resolve) => {
    const done = () => {
      stream.off('drain', done);
      stream.off('close', done);
      resolve();
    };
    stream.on('drain', done);
    stream.on('close', done);
  });
  return !stream.destroyed;
}

/** Ends our direction and waits until what was written is with the system, or the stream is gone. */
export async function finish(stream: Duplex): Promise<void> {
  if (stream.destroyed || stream.writableFinished) return;
  await new Promise<void>((resolve) => {
    stream.once('close', resolve);
    stream.once('error', () => resolve());
    stream.end(resolve);
  });
}
