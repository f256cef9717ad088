import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { echo } from './challenges/echo.ts';
import { halfClose } from './challenges/half-close.ts';
import { MAX_ENTRY_BYTES, MAX_TRANSCRIPT_BYTES, MAX_TRANSCRIPT_ENTRIES } from './limits.ts';
import { RunningCheck } from './running-check.ts';
import { checkedServer } from './testing/checked.ts';
import { QuietClock } from './testing/quiet-clock.ts';

async function listen(serve: (socket: Socket) => void): Promise<number> {
  const sockets = new Set<Socket>();
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy());
    serve(socket);
  }).listen(0, '127.0.0.1');
  onTestFinished(() => {
    server.close();
    for (const socket of sockets) socket.destroy();
  });
  await once(server, 'listening');
  const address = server.address();
  if (typeof address !== 'object' || !address) throw new Error('it does not listen');
  return address.port;
}

function start(port: number, part: { addresses?: string[]; seed?: number; clock?: QuietClock } = {}): RunningCheck {
  const { addresses = ['127.0.0.1'], seed = 1, clock = new QuietClock() } = part;
  const target = { port, addresses, chosen: null };
  return new RunningCheck({ id: 1, challenge: echo, target, arrivals: null, clock, seed });
}

const rightEcho = (socket: Socket): void => void socket.pipe(socket);

describe('a check', () => {
  it('uses the first of a name’s addresses that accepts', async () => {
    const check = start(await listen(rightEcho), { addresses: ['127.0.0.2', '127.0.0.1'] });
    await check.done;
    expect(check.report).toMatchObject({ state: 'passed', target: { address: '127.0.0.1' } });
  });

  it('sends the same octets, cut in the same places, with the same seed', async () => {
    const port = await listen(rightEcho);
    const sent = async (seed: number) => {
      const check = start(port, { seed });
      await check.done;
      const stage = check.report.stages.find(({ id }) => id === 'chunks');
      return stage?.transcript.filter(({ kind }) => kind === 'sent').map(({ length, bytes }) => [length, bytes]);
    };
    expect(await sent(7)).toEqual(await sent(7));
    expect(await sent(7)).not.toEqual(await sent(8));
  });

  it('keeps a transcript that is bounded in entries and octets', async () => {
    const { run } = await checkedServer(echo, rightEcho);
    for (const { transcript } of run.stages) {
      const bytes = transcript.map((entry) => Buffer.from(entry.bytes, 'base64').length);
      expect(transcript.length).toBeLessThanOrEqual(MAX_TRANSCRIPT_ENTRIES);
      expect(Math.max(...bytes)).toBeLessThanOrEqual(MAX_ENTRY_BYTES);
      expect(bytes.reduce((sum, each) => sum + each, 0)).toBeLessThanOrEqual(MAX_TRANSCRIPT_BYTES);
    }
    const large = run.stages.find(({ id }) => id === 'large');
    expect(large?.transcript[1]).toMatchObject({ kind: 'sent', length: 65_536 });
  });

  it('gives up a server that always sends a little and never ends', async () => {
    const clock = new QuietClock();
    const trickle = (socket: Socket): void => {
      socket.resume();
      const drop = (): void => {
        if (socket.destroyed) return;
        socket.write('1');
        clock.after(1_000, drop);
      };
      socket.once('end', drop);
    };
    const { code, sentence } = await checkedServer(halfClose, trickle, 1, clock);
    expect(code).toBe('too-slow');
    expect(sentence).toContain('30 s');
  });

  it('can be stopped, and then leaves out what has not been run', async () => {
    const check = start(await listen((socket) => socket.resume()));
    await check.stop();
    const { state, stages } = check.report;
    expect([state, new Set(stages.map((stage) => stage.state))]).toEqual(['stopped', new Set(['left-out'])]);
    await check.stop();
  });
});
