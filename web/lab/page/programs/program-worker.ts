/**
 * The worker of one program. The server gives it a policy of its own that lets it evaluate text and reach nothing
 * (server/gateway/http-app.ts); here the names that could reach something are taken away besides, so that a program that
 * tries reads a plain error.
 */
import { SeededDice } from '#packets/seeded-dice.ts';
import { createRuntime, type Runtime } from '../../net/runtime/runtime.ts';
import { prepareSource } from '../../net/runtime/source.ts';
import { keepOnly, PROGRAM_GLOBALS } from './program-globals.ts';
import { type FromProgram, PROGRAM_READY, type ToProgram } from './program-messages.ts';

/** The name under which the engine tells of the program's lines. */
const PROGRAM_FILE = 'program.js';

/** Lines that the engine puts before the text of a function made from text (ECMA-262 §20.2.1.1.1). */
const LINES_BEFORE = 2;

const scope = globalThis as unknown as {
  postMessage(message: FromProgram): void;
  addEventListener(type: 'message', listener: (event: MessageEvent<ToProgram>) => void): void;
  addEventListener(type: 'unhandledrejection', listener: (event: PromiseRejectionEvent) => void): void;
};

const post = scope.postMessage.bind(scope);
const channel = new MessageChannel();
const hops: (() => void)[] = [];
channel.port1.onmessage = () => hops.shift()?.();

/** Lets everything go on that can; then the engine has also told of promises that nobody caught. */
function settle(): Promise<void> {
  return hop().then(hop);
}

function hop(): Promise<void> {
  return new Promise((resolve) => {
    hops.push(resolve);
    channel.port2.postMessage(null);
  });
}

let runtime: Runtime | null = null;

scope.addEventListener('message', ({ data }) => {
  if (data.type === 'load') {
    runtime = load(data.text, data.seed);
    post(PROGRAM_READY);
  } else if (runtime) void runtime.deliver(data.turn.event, data.turn.now).then((calls) => post({ calls }));
});

scope.addEventListener('unhandledrejection', (event) => {
  event.preventDefault();
  runtime?.fail(event.reason);
});

function load(text: string, seed: number): Runtime {
  const dice = new SeededDice(seed);
  return createRuntime({
    random: () => dice.throw(),
    settle,
    run: (globals) => {
      const body = `"use strict"; return (async () => {${prepareSource(text)}\n})();\n//# sourceURL=${PROGRAM_FILE}`;
      return new Function(...Object.keys(globals), body)(...Object.values(globals));
    },
    lineOf: (error) => lineIn(error, text),
  });
}

function lineIn(error: unknown, text: string): number | null {
  const stack = error instanceof Error ? String(error.stack) : '';
  const line = Number(/program\.js:(\d+)/.exec(stack)?.[1] ?? 0) - LINES_BEFORE;
  return line >= 1 && line <= text.split('\n').length ? line : null;
}

keepOnly(globalThis, PROGRAM_GLOBALS);
