import { setImmediate as turn } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CheckRun, Listener } from '#protocol/check.ts';
import { catalogueSchema, checkRunSchema } from '#protocol/check.ts';
import { listenersOf } from './check-host.ts';
import { callApi } from './testing/api.ts';
import { learnerServers } from './testing/learner-server.ts';
import { startTestPlayground, type TestPlayground } from './testing/playground.ts';

let playground: TestPlayground;
const server = learnerServers();

beforeAll(async () => {
  playground = await startTestPlayground();
});

afterAll(() => playground.close());

function call(method: string, path: string, body?: unknown) {
  return callApi(playground.url, method, path, body);
}

/** Asks until the check has ended, as the page does. */
async function ended({ id }: CheckRun): Promise<CheckRun> {
  for (;;) {
    const { body } = await call('GET', `/api/check/runs/${id}`);
    const run = checkRunSchema.parse(body);
    if (run.state !== 'running') return run;
    await turn();
  }
}

describe('the check API', () => {
  it('lists the challenges in both languages', async () => {
    const { challenges } = catalogueSchema.parse((await call('GET', '/api/check')).body);
    expect(challenges.map(({ id }) => id)).toContain('chat-room');
    for (const { protocol } of challenges) expect(protocol['zh-CN']).toMatch(/\p{Script=Han}/u);
  });

  it('runs a check of the echo demo, stage by stage', async () => {
    const { port } = playground.address('echo', 'tcp');
    const { status, body } = await call('POST', '/api/check/runs', { challenge: 'echo', host: 'localhost', port });
    expect(status).toBe(200);
    const run = await ended(body);
    expect(run.state).toBe('passed');
    expect(run.stages[0]?.transcript.map(({ kind }) => kind)).toEqual(['connected', 'sent', 'received', 'waited']);
  });

  it('says what a wrong server does, and how to see it', async () => {
    const port = await server((socket) => socket.on('data', (data) => socket.write(data)));
    const run = await ended(
      (await call('POST', '/api/check/runs', { challenge: 'lines', host: '127.0.0.1', port })).body,
    );
    const [stage] = run.stages;
    expect(stage).toMatchObject({ state: 'failed', failure: { code: 'wrong-line' } });
    expect(stage?.command).toBe(`printf 'hello\\n' | nc -w 2 127.0.0.1 ${port}`);
  });

  it('stops a check, whose stages are then left out', async () => {
    const { body } = await call('POST', '/api/check/runs', { challenge: 'client-echo', host: 'localhost', port: 0 });
    expect(body).toMatchObject({ state: 'running', target: { address: '127.0.0.1' } });
    expect((await call('DELETE', `/api/check/runs/${body.id}`)).status).toBe(204);
    expect((await call('GET', `/api/check/runs/${body.id}`)).status).toBe(404);
  });

  it('waits for no more than a few at once', async () => {
    const started = [];
    for (let count = 0; count < 4; count += 1) {
      started.push((await call('POST', '/api/check/runs', { challenge: 'client-echo', host: 'x', port: 0 })).body.id);
    }
    const one = await call('POST', '/api/check/runs', { challenge: 'client-echo', host: 'x', port: 0 });
    expect(one).toMatchObject({ status: 409, body: { code: 'too-many-checks' } });
    for (const id of started) await call('DELETE', `/api/check/runs/${id}`);
  });

  it.each([
    ['another machine', { host: '192.0.2.1', port: 80 }, 403, 'not-allowed'],
    ['a name without address', { host: 'no-such-host.invalid', port: 80 }, 422, 'unknown-target'],
    ['no port', { port: 0 }, 400, 'no-port'],
    ['a port that is none', { port: 70_000 }, 400, 'malformed-check'],
    ['no challenge', { challenge: 'nix' }, 404, 'no-such-challenge'],
  ])('refuses %s with a reason', async (_what, part, status, code) => {
    const refused = await call('POST', '/api/check/runs', { challenge: 'echo', host: 'localhost', port: 9, ...part });
    expect(refused).toMatchObject({ status, body: { code, message: expect.stringMatching(/[.]$|--allow/) } });
  });

  it('does not check the page, whose traffic would feed its own journal', async () => {
    const port = Number(new URL(playground.url).port);
    const refused = await call('POST', '/api/check/runs', { challenge: 'http', host: 'localhost', port });
    expect(refused).toMatchObject({ status: 403, body: { code: 'own-port' } });
  });

  it('finds what listens besides Porthole', async () => {
    const port = await server((socket) => socket.resume());
    const { listeners } = (await call('GET', '/api/check/listeners')).body as { listeners: Listener[] };
    expect(listeners).toContainEqual({ transport: 'tcp', address: '127.0.0.1', port });
    expect(listeners.map((one) => one.port)).not.toContain(playground.address('echo', 'tcp').port);
  });
});

describe('what listens', () => {
  const row = { receiveQueue: 0, sendQueue: 0, remote: null };

  it('is told once for each port, without ours and without connections', () => {
    const remote = { address: '127.0.0.1', port: 5_000 };
    const rows = [
      { ...row, transport: 'tcp' as const, local: { address: '0.0.0.0', port: 9_000 }, state: 'LISTEN' },
      { ...row, transport: 'tcp' as const, local: { address: '::', port: 9_000 }, state: 'LISTEN' },
      { ...row, transport: 'tcp' as const, local: { address: '127.0.0.1', port: 9_001 }, remote, state: 'ESTABLISHED' },
      { ...row, transport: 'udp' as const, local: { address: '127.0.0.1', port: 53 }, state: 'UNCONN' },
      { ...row, transport: 'tcp' as const, local: { address: '127.0.0.1', port: 7_007 }, state: 'LISTEN' },
      { ...row, transport: 'tcp' as const, local: { address: '192.0.2.7', port: 9_002 }, state: 'LISTEN' },
    ];
    expect(listenersOf(rows, new Set([7_007]))).toEqual([
      { transport: 'udp', address: '127.0.0.1', port: 53 },
      { transport: 'tcp', address: '0.0.0.0', port: 9_000 },
    ]);
  });
});
