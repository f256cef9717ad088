import { numberOf, runLoad } from '../child.ts';
import { type Ours, startOurs } from '../ours.ts';
import { atLeast, information, type Part, type Row } from '../part.ts';
import { type Peer, startNodeEcho, startSocatEcho } from '../peers.ts';
import { processorSeconds } from '../process-cost.ts';
import { octets, wholeNumber } from '../report.ts';
import { interleave, median, ratioOf } from '../rounds.ts';

const CONNECTIONS = 16;
const MESSAGE_BYTES = [64, 1024, 64 * 1024];
/** Above this size socat is slow for reasons of its own, and nothing is asked. */
const MAX_SOCAT_BYTES = 1024;
const ROUNDS = 9;
/** Half a second first: what is measured is the steady state, not the first moments of new conversations. */
const WARM_UP_MS = 500;
const RUN_MS = 1_000;

/** What one run against one server gave. */
interface Run {
  readonly perSecond: number;
  /** Processor time a message took in the server, in microseconds; `null` where it cannot be read. */
  readonly processorUs: number | null;
}

/** Echo of 16 connections, against bare Node and socat. */
export const echoPart: Part = {
  name: 'echo',
  title: `Echo, ${CONNECTIONS} connections, journal on, a viewer attached (messages a second)`,
  run: async (note) => {
    const closers: (() => Promise<void>)[] = [];
    try {
      const ours = await startOurs();
      closers.push(ours.close);
      const node = await startNodeEcho();
      closers.push(node.stop);
      const socat = await startSocatEcho();
      if (socat) closers.push(socat.stop);
      else note('socat is not installed: its rows are left out.');
      const rows: Row[] = [];
      for (const bytes of MESSAGE_BYTES) rows.push(...(await measureSize(bytes, { ours, node, socat })));
      const { events, batches, missed } = await ours.viewed();
      note(`The viewer received ${wholeNumber(Number(events))} events in ${batches} batches (${missed} missed).`);
      return rows;
    } finally {
      for (const close of closers.reverse()) await close();
    }
  },
};

interface Servers {
  readonly ours: Ours;
  readonly node: Peer;
  readonly socat: Peer | null;
}

async function measureSize(bytes: number, { ours, node, socat }: Servers): Promise<Row[]> {
  const runs: Record<'ours' | 'node', Run[]> = { ours: [], node: [] };
  const measure = (name: 'ours' | 'node', port: number, pid: number) => async () => {
    const run = await load(port, pid, bytes);
    runs[name].push(run);
    return run.perSecond;
  };
  const contestants = {
    ours: measure('ours', ours.server.demo('echo').port, ours.server.pid),
    node: measure('node', node.port, node.pid),
    socat: socat && (async () => (await load(socat.port, socat.pid, bytes)).perSecond),
  };
  const samples = await interleave(ROUNDS, contestants);
  const against = (peer: 'node' | 'socat') => ({
    what: `${octets(bytes)}, against ${peer === 'node' ? 'bare Node' : peer}`,
    ours: wholeNumber(median(samples.ours)),
    peer: wholeNumber(median(samples[peer])),
    ratio: ratioOf(samples.ours, samples[peer]),
  });
  const rows = [atLeast(0.95, against('node')), processorRow(bytes, runs)];
  if (socat) rows.push(bytes <= MAX_SOCAT_BYTES ? atLeast(1.5, against('socat')) : information(against('socat')));
  return rows;
}

async function load(port: number, pid: number, messageBytes: number): Promise<Run> {
  const before = await processorSeconds(pid);
  const options = { port, connections: CONNECTIONS, messageBytes, warmUpMs: WARM_UP_MS, runMs: RUN_MS };
  const report = await runLoad('echo-load', options);
  const after = await processorSeconds(pid);
  const processorUs = before === null || after === null ? null : ((after - before) * 1e6) / numberOf(report, 'total');
  return { perSecond: numberOf(report, 'perSecond'), processorUs };
}

/** What a message costs the server itself, whatever the load generator can take. */
function processorRow(bytes: number, runs: Record<'ours' | 'node', Run[]>): Row {
  const cost = (name: 'ours' | 'node') => runs[name].map(({ processorUs }) => processorUs ?? Number.NaN);
  const microseconds = (values: readonly number[]) => `${median(values).toFixed(1)} µs`;
  return information({
    what: `${octets(bytes)}, processor time a message`,
    ours: microseconds(cost('ours')),
    peer: microseconds(cost('node')),
    ratio: ratioOf(cost('ours'), cost('node')),
  });
}
