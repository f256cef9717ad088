import { expect, test } from 'vitest';
import type { ProgramCall, ProgramEvent } from '../programs/turn.ts';
import { runtimeOf } from '../testing/in-process-programs.ts';

/** Runs a program through these events and gives what it asked for, turn by turn. */
async function turnsOf(text: string, ...events: ProgramEvent[]): Promise<ProgramCall[][]> {
  const runtime = runtimeOf(text);
  const turns: ProgramCall[][] = [];
  for (const event of [{ event: 'start' } as const, ...events]) turns.push([...(await runtime.deliver(event, 0))]);
  return turns;
}

function textOf(calls: readonly ProgramCall[] | undefined): string[] {
  return (calls ?? []).flatMap((call) => (call.call === 'print' || call.call === 'fail' ? [call.text] : []));
}

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const connection = { event: 'connection', server: 1, socket: -1, address: '10.0.0.1', port: 50_000 } as const;

test('a server listens, reads once somebody listens for data, and writes', async () => {
  const echo = `net.createServer((socket) => socket.on('data', (b) => socket.write(b))).listen(7)`;
  const turns = await turnsOf(echo, connection, { event: 'data', socket: -1, bytes: bytes('hi') });
  expect(turns).toEqual([
    [{ call: 'listen', socket: 1, port: 7, backlog: 511 }],
    [{ call: 'resume', socket: -1 }],
    [{ call: 'write', socket: -1, bytes: bytes('hi') }],
  ]);
});

test("a socket answers the peer's end with its own, unless it may stay half open", async () => {
  const end = { event: 'end', socket: -1 } as const;
  const [, , closes] = await turnsOf(`net.createServer((s) => s.resume()).listen(7)`, connection, end);
  expect(closes).toEqual([{ call: 'end', socket: -1 }]);
  const halfOpen = `net.createServer({ allowHalfOpen: true }, (s) => s.resume()).listen(7)`;
  expect((await turnsOf(halfOpen, connection, end))[2]).toEqual([]);
});

test('a UTF-8 character that two segments share comes out whole', async () => {
  const server = `net.createServer((s) => { s.setEncoding('utf8'); s.on('data', (t) => console.log(t)); }).listen(7)`;
  const [, , first, second] = await turnsOf(
    server,
    connection,
    { event: 'data', socket: -1, bytes: bytes('a€').subarray(0, 2) },
    { event: 'data', socket: -1, bytes: bytes('a€b').subarray(2) },
  );
  expect([textOf(first), textOf(second)]).toEqual([['a'], ['€b']]);
});

test('write answers false above the high-water mark, and drain comes when all has been taken', async () => {
  const client = `
    const socket = net.connect(7, 'bob');
    console.log(socket.write(Buffer.alloc(16383)), socket.write('xx'));
    socket.on('drain', () => console.log('drained'));`;
  const [start, drained, again] = await turnsOf(client, { event: 'drain', socket: 1 }, { event: 'drain', socket: 1 });
  expect(textOf(start)).toEqual(['true false']);
  expect([textOf(drained), textOf(again)]).toEqual([['drained'], []]);
});

test('an error that nobody listens for ends the program, with its line', async () => {
  const turns = await turnsOf(`\nnet.connect(7);\nthrow new Error('oh');`);
  expect(turns[0]?.at(-1)).toEqual({ call: 'fail', text: 'Error: oh', line: 3 });
  const refused = { event: 'error', socket: 1, code: 'ECONNREFUSED', syscall: 'connect' } as const;
  const [, failed] = await turnsOf(`net.connect(7)`, refused);
  expect(textOf(failed)).toEqual(['Error: connect ECONNREFUSED the other host:7']);
});

test('a promise that fails and is not caught ends the program', async () => {
  const [start] = await turnsOf(`await Promise.resolve(); throw new TypeError('late')`);
  expect(textOf(start)).toEqual(['TypeError: late']);
});

test('timers run in virtual time, and a cleared one does not', async () => {
  const program = `
    const gone = setTimeout(() => console.log('gone'), 5);
    const tick = setInterval(() => { console.log(Date.now()); }, 10);
    clearTimeout(gone);`;
  const runtime = runtimeOf(program);
  const start = await runtime.deliver({ event: 'start' }, 0);
  expect(start.map(({ call }) => call)).toEqual(['set-timer', 'set-timer', 'clear-timer']);
  expect(await runtime.deliver({ event: 'timer', timer: 1 }, 5000)).toEqual([]);
  expect(await runtime.deliver({ event: 'timer', timer: 2 }, 10_000)).toEqual([
    { call: 'set-timer', timer: 3, afterMs: 10 },
    { call: 'print', text: '10' },
  ]);
});

test('for await reads a connection to its end', async () => {
  const program = `
    const socket = net.connect(7);
    let all = '';
    for await (const chunk of socket) all += chunk;
    console.log(all);`;
  const data = (text: string): ProgramEvent => ({ event: 'data', socket: 1, bytes: bytes(text) });
  const turns = await turnsOf(program, data('one '), data('two'), { event: 'end', socket: 1 });
  expect(textOf(turns.flat())).toEqual(['one two']);
});

test('datagrams go out and come in with their sender', async () => {
  const program = `
    import dgram from 'node:dgram';
    const socket = dgram.createSocket('udp4', (bytes, from) => console.log(bytes.toString(), from.port));
    socket.send('ping', 7007);`;
  const message = { event: 'message', socket: 1, bytes: bytes('pong'), address: '10.0.0.2', port: 7007 } as const;
  const [start, came] = await turnsOf(program, message);
  expect(start).toEqual([
    { call: 'bind', socket: 1, port: 0 },
    { call: 'send', socket: 1, bytes: bytes('ping'), port: 7007, host: null },
  ]);
  expect(textOf(came)).toEqual(['pong 7007']);
});

test('only net and dgram can be imported', async () => {
  const [start] = await turnsOf(`import fs from 'node:fs';`);
  expect(textOf(start)).toEqual(['SyntaxError: the lab has the modules net and dgram; there is no fs']);
});

test('Math.random throws seeded dice and everything else of Math is there', async () => {
  const [start] = await turnsOf(`console.log(Math.random(), Math.max(1, 2))`);
  const [again] = await turnsOf(`console.log(Math.random(), Math.max(1, 2))`);
  expect(textOf(start)).toEqual(textOf(again));
  expect(textOf(start)[0]).toMatch(/^0\.\d+ 2$/);
});
