import { type BackSteps, backSteps } from '../lab/back-steps.ts';
import { copyAndSum, type Transfer, transfer } from '../lab/transfer.ts';
import { alone, information, type Part, type Row } from '../part.ts';

const BULK_BYTES = 64 * 1024 * 1024;
const MIN_BYTES_PER_SECOND = 100e6;
const MSS = 1_460;
const CONNECTIONS = 1_000;
const BYTES_A_CONNECTION = 64 * 1024;
const ROUNDS = 4;
const MAX_BACK_MS = 100;

/** The lab's stack, from host to host, on a wire that loses nothing. */
export const labPart: Part = {
  name: 'lab',
  title: 'Lab',
  run: async (note) => {
    const bulk: Transfer[] = [];
    const bare: Transfer[] = [];
    const many: Transfer[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      bulk.push(transfer(1, BULK_BYTES));
      bare.push(copyAndSum(BULK_BYTES, MSS));
      many.push(transfer(CONNECTIONS, BYTES_A_CONNECTION));
    }
    note(
      `Seconds are those of one core. The best of ${ROUNDS} rounds; ${bulk[0]?.packets ?? 0} packets in the first row.`,
    );
    return [...rows(rate(bulk), rate(bare), rate(many)), backRow(await backSteps())];
  },
};

function rows(bulk: number, bare: number, many: number): readonly Row[] {
  const what = `64 MiB at MSS ${MSS}, host to host`;
  return [
    alone(what, megabytes(bulk), '≥ 100 MB/s', bulk >= MIN_BYTES_PER_SECOND),
    information({
      what: 'the same, against copying and summing',
      ours: megabytes(bulk),
      peer: megabytes(bare),
      ratio: bulk / bare,
    }),
    information({
      what: `${CONNECTIONS} connections at once, against one`,
      ours: megabytes(many),
      peer: megabytes(bulk),
      ratio: many / bulk,
    }),
  ];
}

/** Stepping back is restoring the checkpoint before, and running on from there. */
function backRow({ events, worstMs }: BackSteps): Row {
  const what = `one event back, anywhere in a run of ${events} events, the slowest of 40`;
  return alone(what, `${worstMs.toFixed(0)} ms`, `< ${MAX_BACK_MS} ms`, worstMs < MAX_BACK_MS);
}

/** Octets a second of one core, of the fastest. */
function rate(transfers: readonly Transfer[]): number {
  return Math.max(...transfers.map(({ octets, coreSeconds }) => octets / coreSeconds));
}

const megabytes = (perSecond: number): string => `${(perSecond / 1e6).toFixed(0)} MB/s`;
