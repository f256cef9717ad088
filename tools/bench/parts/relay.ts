import { relaySchema } from '#protocol/relay.ts';
import { numberOf, runLoad } from '../child.ts';
import { type Ours, startOurs } from '../ours.ts';
import { alone, atLeast, type Part, type Row } from '../part.ts';
import { startNodeEcho, startSocatRelay } from '../peers.ts';
import { wholeNumber } from '../report.ts';
import { interleave, median, ratioOf } from '../rounds.ts';

const CONNECTIONS = 16;
const BULK_BYTES = 64 * 1024;
const SMALL_BYTES = 64;
const ROUNDS = 7;
const BULK = { connections: CONNECTIONS, messageBytes: BULK_BYTES, warmUpMs: 500, runMs: 1_000 };
const SMALL = { messageBytes: SMALL_BYTES, warmUp: 500, messages: 2_000 };
/** What the relay may add to a round trip. */
const MAX_ADDED_MS = 0.3;

/** A relay in front of a bare Node echo, against socat in front of the same. */
export const relayPart: Part = {
  name: 'relay',
  title: `Relay in front of an echo, journal on, a viewer attached`,
  run: async (note) => {
    const closers: (() => Promise<void>)[] = [];
    try {
      const echo = await startNodeEcho();
      closers.push(echo.stop);
      const ours = await startOurs();
      closers.push(ours.close);
      const socat = await startSocatRelay(echo.port);
      if (socat) closers.push(socat.stop);
      else note('socat is not installed: it is left out.');
      const relayed = await addRelay(ours, echo.port);
      return [...(await bulkRows(relayed, socat?.port ?? null)), await delayRow(relayed, echo.port)];
    } finally {
      for (const close of closers.reverse()) await close();
    }
  },
};

/** The port of a new relay to a port of this machine. */
async function addRelay({ server }: Ours, port: number): Promise<number> {
  const response = await fetch(`${server.url}/api/relays`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ transport: 'tcp', port: 0, target: { host: '127.0.0.1', port } }),
  });
  if (!response.ok) throw new Error(`no relay: ${response.status} ${await response.text()}`);
  const [listener] = relaySchema.parse(await response.json()).listens;
  if (!listener) throw new Error('the relay listens nowhere');
  return listener.port;
}

async function bulkRows(ours: number, socat: number | null): Promise<Row[]> {
  const load = (port: number) => async () => numberOf(await runLoad('echo-load', { ...BULK, port }), 'perSecond');
  const samples = await interleave(ROUNDS, { ours: load(ours), socat: socat === null ? null : load(socat) });
  const row = {
    what: `64 KiB, ${CONNECTIONS} connections, messages a second, against socat`,
    ours: wholeNumber(median(samples.ours)),
    peer: wholeNumber(median(samples.socat)),
    ratio: ratioOf(samples.ours, samples.socat),
  };
  return socat === null ? [] : [atLeast(0.6, row)];
}

/** A round trip through the relay, less one without it, round by round. */
async function delayRow(relayed: number, direct: number): Promise<Row> {
  const load = (port: number) => async () => numberOf(await runLoad('echo-delay', { ...SMALL, port }), 'medianMs');
  const samples = await interleave(ROUNDS, { relayed: load(relayed), direct: load(direct) });
  const added = median(samples.relayed.map((ms, round) => ms - (samples.direct[round] ?? Number.NaN)));
  const target = `< ${MAX_ADDED_MS} ms`;
  return alone('64 B, added to the median round trip', `${added.toFixed(3)} ms`, target, added < MAX_ADDED_MS);
}
