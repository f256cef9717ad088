import { startProsody } from '../../../server/demos/xmpp/testing/prosody.ts';
import { onPath } from '../../clients/path.js';
import { numberOf, runLoad, startLoad } from '../child.ts';
import { startOurs } from '../ours.ts';
import { alone, atLeast, information, type Part, type Row } from '../part.ts';
import { residentBytes } from '../process-cost.ts';
import { wholeNumber } from '../report.ts';
import { interleave, median } from '../rounds.ts';

const WINDOWS = [1, 100, 500] as const;
const ROUNDS = 3;
const WARM_UP_MS = 500;
const RUN_MS = 1_500;
const LEAST_RATIO = 2.5;

const SESSIONS = 2_000;
const MAX_RESIDENT_BYTES = 300e6;

/** XMPP, against Prosody with its storage in memory. */
export const xmppPart: Part = {
  name: 'xmpp',
  title: 'XMPP, one person to another, against Prosody in memory (messages delivered a second)',
  run: async (note) => {
    const hasProsody = onPath('prosody') !== null;
    if (!hasProsody) note('prosody is not installed: its figures are left out.');
    return [...(await messageRows(hasProsody)), ...(await sessionRows(note))];
  },
};

async function messageRows(hasProsody: boolean): Promise<Row[]> {
  const ours = await startOurs();
  const prosody = hasProsody ? await startProsody({ archive: false }) : null;
  try {
    const rows: Row[] = [];
    const best = { ours: 0, prosody: 0 };
    for (const window of WINDOWS) {
      const load = async (port: number) =>
        numberOf(await runLoad('xmpp-load', { port, window, warmUpMs: WARM_UP_MS, runMs: RUN_MS }), 'perSecond');
      const samples = await interleave(ROUNDS, {
        ours: () => load(ours.server.demo('xmpp').port),
        prosody: prosody ? () => load(prosody.port) : null,
      });
      const own = median(samples.ours);
      const theirs = prosody ? median(samples.prosody) : Number.NaN;
      best.ours = Math.max(best.ours, own);
      best.prosody = Math.max(best.prosody, theirs);
      rows.push(information(rowOf(`window of ${window}`, own, prosody ? theirs : null)));
    }
    return [...rows, atLeast(LEAST_RATIO, rowOf('each at its best', best.ours, prosody ? best.prosody : null))];
  } finally {
    await prosody?.stop();
    await ours.close();
  }
}

function rowOf(what: string, own: number, theirs: number | null) {
  const peer = theirs === null ? '—' : wholeNumber(theirs);
  return { what, ours: wholeNumber(own), peer, ratio: theirs === null ? null : own / theirs };
}

/** Sessions that are logged in and say nothing: what they cost, and whether each still answers. */
async function sessionRows(note: (sentence: string) => void): Promise<Row[]> {
  const ours = await startOurs(['--xmpp-test']);
  const load = startLoad('xmpp-hold', { port: ours.server.demo('xmpp').port, sessions: SESSIONS, accounts: [] });
  try {
    const held = numberOf(await load.next(), 'held');
    const resident = await residentBytes(ours.server.pid);
    load.go();
    const answered = await load.next();
    note(`${answered.answered} sessions answered within ${numberOf(answered, 'ms').toFixed(0)} ms.`);
    const megabytes = resident === null ? 'unknown here' : `${(resident / 1e6).toFixed(0)} MB`;
    const isSmall = resident === null ? null : resident < MAX_RESIDENT_BYTES;
    return [
      alone('sessions held', wholeNumber(held), wholeNumber(SESSIONS), answered.answered === SESSIONS),
      alone(`resident memory with ${wholeNumber(SESSIONS)} sessions`, megabytes, '< 300 MB', isSmall),
    ];
  } finally {
    await load.stop();
    await ours.close();
  }
}
