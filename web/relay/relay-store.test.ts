import { describe, expect, it } from 'vitest';
import { NO_TCP_FAULTS, noFaults, type Relay } from '#protocol/relay.ts';
import { UNREACHABLE } from '../session/json-api.ts';
import { createRelayClient } from './relay-client.ts';
import { createRelayDesk } from './relay-store.ts';

const RELAY: Relay = {
  id: 1,
  transport: 'tcp',
  listens: [{ address: '127.0.0.1', port: 9_000 }],
  targetName: 'localhost',
  target: { address: '127.0.0.1', port: 8_080 },
  seed: 1,
  faults: noFaults('tcp'),
  live: 0,
  total: 0,
  failed: 0,
  lastFailure: null,
  toServer: { pieces: 0, bytes: 0, droppedPieces: 0, droppedBytes: 0 },
  toClient: { pieces: 0, bytes: 0, droppedPieces: 0, droppedBytes: 0 },
};

/** A desk before a server that answers what `answers` holds, by method and path. */
function deskOf(answers: Record<string, () => Response>) {
  const asked: string[] = [];
  let tick = (): void => {};
  let watching = false;
  const client = createRelayClient(async (path, init) => {
    const key = `${init?.method} ${path}`;
    asked.push(key);
    const answer = answers[key];
    if (!answer) throw new TypeError('no network');
    return answer();
  });
  const desk = createRelayDesk(client, (_ms, run) => {
    tick = run;
    watching = true;
    return () => {
      watching = false;
    };
  });
  return { desk, asked, tick: () => tick(), isWatching: () => watching };
}

const json =
  (body: unknown, status = 200) =>
  () =>
    new Response(JSON.stringify(body), { status });

describe('the relays of the page', () => {
  it('are asked for only while somebody watches', async () => {
    const { desk, asked, tick, isWatching } = deskOf({ 'GET /api/relays': json({ relays: [RELAY] }) });
    expect(asked).toEqual([]);
    const stop = desk.watch();
    await expect.poll(() => desk.store.getState().relays).toEqual([RELAY]);
    tick();
    expect(asked).toHaveLength(2);
    stop();
    expect(isWatching()).toBe(false);
  });

  it('give the server’s reason for a refusal, and keep what is known', async () => {
    const { desk } = deskOf({
      'GET /api/relays': json({ relays: [RELAY] }),
      'POST /api/relays': json({ code: 'port-taken', message: 'Port 9000 is taken.' }, 409),
    });
    const request = { transport: 'tcp' as const, port: 9_000, target: { host: 'localhost', port: 8_080 } };
    expect(await desk.add(request)).toBe('Port 9000 is taken.');
    expect(desk.store.getState().relays).toEqual([RELAY]);
  });

  it('say so when there is no answer, or one that makes no sense', async () => {
    expect(await deskOf({}).desk.remove(1)).toBe(UNREACHABLE);
    const odd = deskOf({ 'GET /api/relays': json({ relays: [{}] }) });
    odd.desk.watch();
    await expect.poll(() => odd.desk.store.getState().problem).toBe(UNREACHABLE);
  });

  it('show a switched fault at once', async () => {
    const { desk } = deskOf({ 'GET /api/relays': json({ relays: [RELAY] }) });
    desk.watch();
    await expect.poll(() => desk.store.getState().relays).toEqual([RELAY]);
    const faults = {
      transport: 'tcp' as const,
      toServer: { ...NO_TCP_FAULTS, latencyMs: 5 },
      toClient: NO_TCP_FAULTS,
    };
    void desk.setFaults(1, faults);
    expect(desk.store.getState().relays?.[0]?.faults).toEqual(faults);
  });
});
