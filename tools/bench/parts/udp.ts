import type { Machine } from '#protocol/demos.ts';
import { numberOf, runLoad } from '../child.ts';
import { type Ours, startOurs } from '../ours.ts';
import { alone, atLeast, type Part, type Row } from '../part.ts';
import { type Peer, startNodeUdpEcho } from '../peers.ts';
import { octets, wholeNumber } from '../report.ts';
import { interleave, median, ratioOf } from '../rounds.ts';

const SOCKETS = 16;
const DATAGRAM_BYTES = [64, 1024];
const ROUNDS = 7;
const WARM_UP_MS = 300;
const RUN_MS = 1_000;

const BURST_BYTES = 1024;
const BURSTS = 5;
/**
 * What Linux counts against SO_RCVBUF for a datagram of 1 KiB: the buffer it lies in (2 KiB) and its descriptor (256
 * octets). Other systems count less.
 */
const COUNTED_BYTES = 2_304;
/** Share of the buffer that a burst fills. */
const FILLED = 0.8;

/** UDP echo, against bare dgram; and bursts that must fit the receive buffer. */
export const udpPart: Part = {
  name: 'udp',
  title: `UDP echo, ${SOCKETS} sockets, journal on, a viewer attached (datagrams a second)`,
  run: async (note) => {
    const closers: (() => Promise<void>)[] = [];
    try {
      const ours = await startOurs();
      closers.push(ours.close);
      const node = await startNodeUdpEcho();
      closers.push(node.stop);
      const rows: Row[] = [];
      for (const bytes of DATAGRAM_BYTES) rows.push(await measureSize(bytes, ours, node));
      rows.push(await burstRow(ours, node, note));
      return rows;
    } finally {
      for (const close of closers.reverse()) await close();
    }
  },
};

async function measureSize(bytes: number, ours: Ours, node: Peer): Promise<Row> {
  const load = (port: number) => async () => {
    const options = { port, sockets: SOCKETS, datagramBytes: bytes, warmUpMs: WARM_UP_MS, runMs: RUN_MS };
    return numberOf(await runLoad('udp-load', options), 'perSecond');
  };
  const port = ours.server.demo('echo', 'udp').port;
  const samples = await interleave(ROUNDS, { ours: load(port), node: load(node.port) });
  return atLeast(0.9, {
    what: `${octets(bytes)}, against bare dgram`,
    ours: wholeNumber(median(samples.ours)),
    peer: wholeNumber(median(samples.node)),
    ratio: ratioOf(samples.ours, samples.node),
  });
}

/** The server is held still while a burst arrives, so that the buffer must take all of it. */
async function burstRow(ours: Ours, node: Peer, note: (sentence: string) => void): Promise<Row> {
  const granted = await grantedBytes(ours.server.url);
  if (process.platform === 'win32')
    return alone('burst that fits the receive buffer', 'not on Windows', 'no loss', null);
  const perBurst = Math.floor((granted * FILLED) / COUNTED_BYTES);
  const burst = (port: number, pid: number) =>
    runLoad('udp-burst', {
      port,
      pid,
      datagramBytes: BURST_BYTES,
      perBurst,
      bursts: BURSTS,
      receiveBufferBytes: granted,
    });
  const own = await burst(ours.server.demo('echo', 'udp').port, ours.server.pid);
  const theirs = await burst(node.port, node.pid);
  note(`Receive buffer granted: ${octets(granted)}; a burst is ${perBurst} datagrams of ${octets(BURST_BYTES)}.`);
  const share = (report: typeof own) => `${numberOf(report, 'echoed')} of ${numberOf(report, 'sent')}`;
  const met = own.echoed === own.sent;
  return {
    what: `${BURSTS} bursts that fit the buffer`,
    ours: share(own),
    peer: share(theirs),
    ratio: null,
    target: 'all',
    met,
  };
}

async function grantedBytes(url: string): Promise<number> {
  const machine = (await (await fetch(`${url}/api/machine`)).json()) as Machine;
  const granted = machine.udpReceiveBuffer.echo;
  if (granted === undefined) throw new Error('/api/machine does not say how large the receive buffer of echo is');
  return granted;
}
