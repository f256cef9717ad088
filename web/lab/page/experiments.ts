/** Runs to begin with: each shows one thing. What there is to see is told by the words of the page. */
import { CLEAN_LINK, type HostId, type LinkSettings } from '../net/link-settings.ts';
import { readyProgram } from '../net/programs/ready-programs.ts';
import type { ProgramText, RunSetup } from '../net/run-setup.ts';
import type { WireRule } from '../net/wire-rule.ts';
import { DEFAULT_TCP_OPTIONS, type TcpOptions } from '../stack/options.ts';

/** An experiment, by what differs from two ordinary hosts on a clean wire. */
export interface Experiment {
  readonly id: string;
  readonly programs: Readonly<Record<HostId, ProgramText>>;
  readonly link?: Partial<LinkSettings>;
  readonly rules?: readonly WireRule[];
  readonly tcp?: Partial<TcpOptions>;
  /** Of one host only. */
  readonly ownTcp?: Partial<Record<HostId, Partial<TcpOptions>>>;
}

const ready = (name: Parameters<typeof readyProgram>[0]): ProgramText => ({ name, text: readyProgram(name) });

/** Sends so many octets at once and says goodbye. */
const send = (octets: number): ProgramText => ({
  name: 'own',
  text: `import net from 'node:net';

const socket = net.connect(7009, () => {
  socket.end('x'.repeat(${octets}));
});
socket.on('error', (error) => console.log(error.message));
`,
});

const DATAGRAM: ProgramText = {
  name: 'own',
  text: `import dgram from 'node:dgram';

// 4,000 octets: longer than the wire carries in one packet.
const socket = dgram.createSocket('udp4', (bytes) => {
  console.log('came back:', bytes.length, 'octets');
  socket.close();
});
socket.on('error', (error) => console.log(error.message));
socket.send('x'.repeat(4000), 7007);
`,
};

const drop = (nth: number): WireRule => ({ from: 'a', kind: 'data', nth, count: 1, deed: { deed: 'drop' } });

/** A link on which the octets of a segment take time, so that segments follow each other visibly. */
const SLOW: Partial<LinkSettings> = { bandwidthBps: 8_000_000 };

/** Without SACK and with an ACK for every segment, duplicate ACKs are plain to see. */
const PLAIN: Partial<TcpOptions> = { sack: false, delayedAck: false, timestamps: false };

/** In the order of the list; the first one is there when the lab is opened for the first time. */
export const EXPERIMENTS: readonly Experiment[] = [
  {
    id: 'lose-one',
    programs: { a: send(7_300), b: ready('discard-server') },
    link: SLOW,
    rules: [drop(2)],
    tcp: PLAIN,
  },
  { id: 'handshake', programs: { a: ready('hello-client'), b: ready('echo-server') } },
  {
    id: 'lose-last',
    programs: { a: send(7_300), b: ready('discard-server') },
    link: SLOW,
    rules: [drop(5)],
    tcp: PLAIN,
  },
  {
    id: 'zero-window',
    programs: { a: send(60_000), b: ready('slow-reader') },
    tcp: { delayedAck: false },
    ownTcp: { b: { receiveBufferBytes: 8_192 } },
  },
  { id: 'nagle', programs: { a: ready('chatty-sender'), b: ready('discard-server') } },
  {
    id: 'slow-start',
    programs: { a: ready('long-sender'), b: ready('discard-server') },
    link: { bandwidthBps: 5_000_000, queueBytes: 24 * 1024 },
    tcp: { delayedAck: false, initialWindowSegments: 2 },
  },
  { id: 'fragmentation', programs: { a: DATAGRAM, b: ready('udp-echo-server') } },
];

/** The experiment that a query names, `?experiment=lose-one`; `undefined`: it names none that there is. */
export function experimentIn(query: string): Experiment | undefined {
  const asked = new URLSearchParams(query).get('experiment');
  return EXPERIMENTS.find(({ id }) => id === asked);
}

const SEED = 0x7f3a;

/** All that a run of the experiment begins with. */
export function setupOf({ programs, link = {}, rules = [], tcp = {}, ownTcp = {} }: Experiment): RunSetup {
  const options = { ...DEFAULT_TCP_OPTIONS, ...tcp };
  const wire = { ...CLEAN_LINK, ...link };
  return {
    seed: SEED,
    hosts: {
      a: { name: 'alice', address: '10.0.0.1', tcp: { ...options, ...ownTcp.a } },
      b: { name: 'bob', address: '10.0.0.2', tcp: { ...options, ...ownTcp.b } },
    },
    wire: { a: wire, b: wire },
    rules,
    programs: { a: [programs.a], b: [programs.b] },
  };
}
