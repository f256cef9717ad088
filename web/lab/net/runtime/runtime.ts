/** What a program of the lab finds: `net` and `dgram` as in Node, timers and a clock in virtual time. */
import type { ProgramCall, ProgramEvent } from '../programs/turn.ts';
import { CallDesk } from './call-desk.ts';
import { Datagram } from './datagram.ts';
import type { Desk } from './desk.ts';
import { Listener } from './listener.ts';
import { Octets } from './octets.ts';
import { lineOf } from './print.ts';
import { type ConnectOptions, Stream, type StreamOptions } from './stream.ts';
import { createTimers } from './timers.ts';

/** What a runtime is made from. */
export interface RuntimeParts {
  /** Numbers from 0 to 1 for `Math.random`, the same in every run. */
  readonly random: () => number;
  /** Resolves when the program has nothing more to do: every promise that could go on has gone on. */
  readonly settle: () => Promise<void>;
  /** Runs the program's text: called at its first event. It may throw. */
  readonly run: (globals: Readonly<Record<string, unknown>>) => unknown;
  /** The line of the program's text that an error is about, from 1; `null`: not known. */
  readonly lineOf: (error: unknown) => number | null;
}

/** A program as its run feeds it: one event in, calls out. */
export interface Runtime {
  /** Tells the program; resolves, when it has nothing more to do, with what it asks for. `nowUs`: of the run. */
  deliver(event: ProgramEvent, nowUs: number): Promise<readonly ProgramCall[]>;
  /** The program failed elsewhere: a promise that nobody caught. */
  fail(error: unknown): void;
}

const US_A_MS = 1000;

/** Makes a runtime; the program itself is in `parts`. */
export function createRuntime(parts: RuntimeParts): Runtime {
  let nowUs = 0;
  const desk = new CallDesk((error) => parts.lineOf(error));
  const globals = globalsOf(desk, () => nowUs, parts.random);
  return {
    fail: (error) => desk.fail(error),
    deliver: async (event, now) => {
      nowUs = now;
      desk.guarded(() => (event.event === 'start' ? parts.run(globals) : desk.tell(event)));
      await parts.settle();
      return desk.takeCalls();
    },
  };
}

/** The names that a program finds, by Node's names. */
function globalsOf(desk: Desk, nowUs: () => number, random: () => number): Readonly<Record<string, unknown>> {
  const timers = createTimers(desk);
  const print = (...values: unknown[]): void => desk.post({ call: 'print', text: lineOf(values) });
  const nowMs = (): number => nowUs() / US_A_MS;
  class VirtualDate extends Date {
    constructor(...args: [] | [number | string]) {
      super(...((args.length > 0 ? args : [nowMs()]) as [number]));
    }
    static override now(): number {
      return Math.floor(nowMs());
    }
  }
  return {
    net: netOf(desk),
    dgram: dgramOf(desk),
    Buffer: Octets,
    console: { log: print, info: print, warn: print, error: print, debug: print },
    setTimeout: timers.setTimeout,
    setInterval: timers.setInterval,
    setImmediate: timers.setImmediate,
    clearTimeout: timers.clear,
    clearInterval: timers.clear,
    clearImmediate: timers.clear,
    performance: { now: nowMs },
    Date: VirtualDate,
    Math: Object.create(Math, { random: { value: random } }),
  };
}

function netOf(desk: Desk): Readonly<Record<string, unknown>> {
  const connect = (to: number | (ConnectOptions & StreamOptions), ...rest: (string | (() => void))[]): Stream =>
    new Stream(desk, typeof to === 'number' ? {} : to).connect(to, ...rest);
  const createServer = (...args: unknown[]): Listener => {
    const options = args.find((each) => typeof each === 'object' && each !== null) ?? {};
    const listener = args.find((each) => typeof each === 'function');
    const server = new Listener(desk, options);
    return listener ? server.on('connection', listener as (socket: Stream) => void) : server;
  };
  class Socket extends Stream {
    constructor(options: StreamOptions = {}) {
      super(desk, options);
    }
  }
  return { connect, createConnection: connect, createServer, Socket };
}

function dgramOf(desk: Desk): Readonly<Record<string, unknown>> {
  const createSocket = (_type: unknown, listener?: (...args: unknown[]) => void): Datagram => {
    const socket = new Datagram(desk);
    return listener ? socket.on('message', listener) : socket;
  };
  return { createSocket };
}
