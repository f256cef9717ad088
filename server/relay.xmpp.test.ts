import { readFileSync } from 'node:fs';
import { expect, it, onTestFinished } from 'vitest';
import { NO_TCP_FAULTS, type Relay, type TcpFaults } from '#protocol/relay.ts';
import { runScript } from '../tools/scs/run.ts';
import { parseScript } from '../tools/scs/script.ts';
import { readsPieces, startProsody } from './demos/xmpp/testing/prosody.ts';
import { startTestPlayground, type TestPlayground } from './testing/playground.ts';

/** Octets in pieces of seven, each 2 ms later: whoever reads what a read brings, and not what the stream says, breaks here. */
const SLICED = { ...NO_TCP_FAULTS, latencyMs: 2, sliceBytes: 7 } satisfies TcpFaults;

async function openPlayground(): Promise<TestPlayground> {
  const playground = await startTestPlayground({ xmppTest: true });
  onTestFinished(() => playground.close());
  return playground;
}

async function relayTo(
  { url }: TestPlayground,
  port: number,
  toServer: TcpFaults = SLICED,
): Promise<{ port: number; now(): Promise<Relay | null> }> {
  const call = async (method: string, path: string, body?: object) => {
    const json = body && { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } };
    return (await fetch(`${url}/api/relays${path}`, { method, ...json })).json();
  };
  const target = { host: '127.0.0.1', port };
  const relay: Relay = await call('POST', '', { transport: 'tcp', port: 0, target });
  await call('PUT', `/${relay.id}/faults`, { transport: 'tcp', toServer, toClient: SLICED });
  return {
    port: relay.listens[0]?.port ?? 0,
    now: async () => (await call('GET', '')).relays.find(({ id }: Relay) => id === relay.id) ?? null,
  };
}

/** Plays a script of ours against a port. */
async function play(file: string, port: number): Promise<void> {
  const script = new URL(`demos/xmpp/scripts/${file}`, import.meta.url);
  await runScript(parseScript(readFileSync(script, 'utf8')), { host: '127.0.0.1', port, exact: true });
}

it('a relay in front of a real Prosody changes nothing of what is said', async () => {
  const prosody = await startProsody({ log: 'debug' });
  onTestFinished(() => prosody.stop());
  const toServer = (await readsPieces(SLICED.sliceBytes)) ? SLICED : { ...SLICED, sliceBytes: null };
  const relay = await relayTo(await openPlayground(), prosody.port, toServer);
  try {
    for (const file of ['messages.scs', 'rooms.scs', 'carbons.scs']) await play(file, relay.port);
  } catch (error) {
    // Whether the octets went through, and what became of them there.
    const counts = JSON.stringify(await relay.now());
    throw new Error(`${String(error)}\nthe relay: ${counts}\nProsody's log:\n${await prosody.said()}`, {
      cause: error,
    });
  }
  expect((await relay.now())?.total).toBeGreaterThanOrEqual(6);
});

it('a relay in front of our own XMPP server changes nothing of what is said', async () => {
  const playground = await openPlayground();
  const relay = await relayTo(playground, playground.address('xmpp', 'tcp').port);
  for (const file of ['messages.scs', 'rooms.scs', 'carbons.scs']) await play(file, relay.port);
});
