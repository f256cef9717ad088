import { onPath } from '../../clients/path.js';
import { numberOf, runLoad } from '../child.ts';
import { type Ours, startOurs } from '../ours.ts';
import { alone, atLeast, type Part, type Row } from '../part.ts';
import { startNcatChat } from '../peers.ts';
import { wholeNumber } from '../report.ts';
import { interleave, median, ratioOf } from '../rounds.ts';

const ROOM = 100;
const BIG_ROOM = 500;
const ROUNDS = 5;
const BIG_ROUNDS = 2;
const WARM_UP_MS = 500;
const RUN_MS = 1_500;
/** Lines that each client may be before what the others said. */
const AHEAD = 2;

/** The stalled client: lines enough to fill every buffer between it and the server. */
const STALL = { clients: 10, linesEach: 4_000, lineBytes: 1_000, frozenAfterMs: 4_000 };

/** The chat by lines, against ncat's. */
export const chatPart: Part = {
  name: 'chat',
  title: 'Chat room by lines, against `ncat -l -k --chat` (lines delivered a second)',
  run: async (note) => {
    const closers: (() => Promise<void>)[] = [];
    try {
      const ours = await startOurs();
      closers.push(ours.close);
      const hasNcat = onPath('ncat') !== null;
      if (!hasNcat) note('ncat is not installed: its figures are left out.');
      const room = await roomRow(ROOM, ROUNDS, ours, hasNcat);
      const bigRoom = await roomRow(BIG_ROOM, BIG_ROUNDS, ours, hasNcat);
      return [
        atLeast(0.9, room),
        { ...bigRoom, target: 'works', met: bigRoom.perSecond > 0 },
        ...(await stallRows(ours, hasNcat, note)),
      ];
    } finally {
      for (const close of closers.reverse()) await close();
    }
  },
};

async function roomRow(clients: number, rounds: number, ours: Ours, hasNcat: boolean) {
  const load = async (port: number, asksForNick: boolean) => {
    const options = { port, clients, asksForNick, ahead: AHEAD, warmUpMs: WARM_UP_MS, runMs: RUN_MS };
    return numberOf(await runLoad('chat-load', options), 'perSecond');
  };
  const { ours: own, ncat: theirs } = await interleave(rounds, {
    ours: () => load(ours.server.demo('chat-lines').port, true),
    ncat: hasNcat ? () => withNcat(clients, (port) => load(port, false)) : null,
  });
  return {
    what: `${clients} clients`,
    ours: wholeNumber(median(own)),
    peer: hasNcat ? wholeNumber(median(theirs)) : '—',
    ratio: hasNcat ? ratioOf(own, theirs) : null,
    perSecond: median(own),
  };
}

/** A fresh room each time: ncat does not always survive that all clients leave at once. */
async function withNcat<T>(clients: number, use: (port: number) => Promise<T>): Promise<T> {
  const ncat = await startNcatChat(2 * clients);
  if (!ncat) throw new Error('ncat is gone');
  try {
    return await use(ncat.port);
  } finally {
    await ncat.stop();
  }
}

/** One client stops reading: ours goes on for the others and cuts that one off, ncat stops for everybody. */
async function stallRows(ours: Ours, hasNcat: boolean, note: (sentence: string) => void): Promise<Row[]> {
  const own = await runLoad('chat-stall', { ...STALL, port: ours.server.demo('chat-lines').port, asksForNick: true });
  const { reasons } = await ours.viewed();
  const theirs = hasNcat
    ? await withNcat(STALL.clients, (port) => runLoad('chat-stall', { ...STALL, port, asksForNick: false }))
    : null;
  const delivered = numberOf(own, 'delivered');
  const all = numberOf(own, 'expectedLines');
  if (theirs) note(`ncat with the same stalled client: ${theirs.frozen ? 'froze for everybody' : 'did not freeze'}.`);
  const row: Row = {
    what: 'one of 10 stalls: lines to the others',
    ours: `${wholeNumber(delivered)} of ${wholeNumber(all)}`,
    peer: theirs
      ? `${wholeNumber(numberOf(theirs, 'delivered'))} of ${wholeNumber(numberOf(theirs, 'expectedLines'))}`
      : '—',
    ratio: null,
    target: 'all',
    met: delivered === all,
  };
  const cutOff = own.stalledEnded === true && reasons !== '';
  return [
    row,
    alone('… in order', own.inOrder === true ? 'yes' : 'no', 'yes', own.inOrder === true),
    alone('… the stalled one cut off with a reason', cutOff ? String(reasons) : 'no', 'yes', cutOff),
  ];
}
