import type { CellKind, Utf8Cell } from './utf8-cells.ts';

/** Neighbouring octets of one row that are drawn alike: letters, or the octets of one long character. */
export interface HexRun {
  /** Position in the row. */
  readonly start: number;
  /** Octets. */
  readonly length: number;
  readonly kind: CellKind;
  /** What the text column shows. */
  readonly text: string;
  /** Of a control octet or a long character. */
  readonly codePoint: number | null;
  /** Octets that its character has in all, here or elsewhere. */
  readonly of: number;
  /** Position in its character of the run's first octet. */
  readonly part: number;
  /** Whether its character has octets in a neighbouring chunk. */
  readonly split: boolean;
}

/** Groups the cells of one row. `offset` is the row's position in its chunk, which has `chunkLength` octets. */
export function runsOf(cells: readonly Utf8Cell[], offset: number, chunkLength: number): HexRun[] {
  const runs: HexRun[] = [];
  for (const [start, cell] of cells.entries()) {
    const last = runs.at(-1);
    if (last && belongs(last, cell)) {
      runs[runs.length - 1] = {
        ...last,
        length: last.length + 1,
        text: cell.kind === 'wide' ? last.text : last.text + cell.text,
      };
    } else runs.push(runOf(cell, start, offset + start - cell.part, chunkLength));
  }
  return runs;
}

function runOf(cell: Utf8Cell, start: number, characterStart: number, chunkLength: number): HexRun {
  const { kind, text, codePoint, of, part } = cell;
  const split = kind === 'wide' && (characterStart < 0 || characterStart + of > chunkLength);
  return {
    start,
    length: 1,
    kind,
    text,
    codePoint: kind === 'wide' || kind === 'control' ? codePoint : null,
    of,
    part,
    split,
  };
}

/** Whether an octet is drawn with the run before it. */
function belongs(run: HexRun, cell: Utf8Cell): boolean {
  if (run.kind !== cell.kind) return false;
  // Each control octet is a symbol of its own; a long character begins with its first octet.
  return cell.kind === 'control' ? false : cell.kind !== 'wide' || cell.part > 0;
}
