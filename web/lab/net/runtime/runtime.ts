/** What a program of the lab finds: `net` and `dgram` as in Node, timers and a clock in virtual time. */
import type { ProgramCall, ProgramEvent } from '../programs/turn.ts';
import { Datagram } from './datagram.ts';
import type { Addressee, Desk } from './desk.ts';
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
  let calls: ProgramCall[] = [];
  let nowUs = 0;
  let numbered = 0;
  const sockets = new Map<number, Addressee>();
  const timers = new Map<number, () => void>();
  const fail = (error: unknown): void => {
    const text = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    calls.push({ call: 'fail', text, line: parts.lineOf(error) });
  };
  const guarded = (work: () => unknown): void => {
    try {
      const result = work();
      if (result instanceof Promise) result.catch(fail);
    } catch (error) {
      fail(error);
    }
  };
  const desk: Desk = {
    post: (call) => calls.push(call),
    open: (addressee) => {
      numbered += 1;
      sockets.set(numbered, addressee);
      return numbered;
    },
    adopt: (socket, addressee) => sockets.set(socket, addressee),
    close: (socket) => sockets.delete(socket),
    later: (work) => void Promise.resolve().then(() => guarded(work)),
    setTimer: (afterMs, work) => {
      numbered += 1;
      const timer = numbered;
      timers.set(timer, work);
      calls.push({ call: 'set-timer', timer, afterMs });
      return timer;
    },
    clearTimer: (timer) => {
      if (timers.delete(timer)) calls.push({ call: 'clear-timer', timer });
    },
  };
  const globals = globalsOf(desk, () => nowUs, parts.random);
  const dispatch = (event: ProgramEvent): unknown => {
    if (event.event === 'start') return parts.run(globals);
    if (event.event === 'timer') {
      const work = timers.get(event.timer);
      timers.delete(event.timer);
      return work?.();
    }
    return sockets.get(event.event === 'connection' ? event.server : event.socket)?.tell(event);
  };
  return {
    fail,
    deliver: async (event, now) => {
      nowUs = now;
      guarded(() => dispatch(event));
      await parts.settle();
      const asked = calls;
      calls = [];
      return asked;
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
