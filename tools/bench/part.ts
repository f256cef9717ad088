/** One figure of the bench: ours, a peer's, and what was asked for. */
export interface Row {
  /** What was measured, such as `64 B, against bare Node`. */
  readonly what: string;
  readonly ours: string;
  /** `—` where there is no peer. */
  readonly peer: string;
  /** Ours ÷ peer's; `null` where there is no peer. */
  readonly ratio: number | null;
  /** The demand in words, such as `≥ 0.95`; empty: for information. */
  readonly target: string;
  /** Whether the demand is met; `null` where nothing is demanded, or it could not be measured. */
  readonly met: boolean | null;
}

/** A part of the bench, run alone with `npm run bench -- NAME`. */
export interface Part {
  readonly name: string;
  readonly title: string;
  /** Measures, and tells `note` what a reader should know besides the figures. */
  run(note: (sentence: string) => void): Promise<readonly Row[]>;
}

/** A row whose ratio must be at least `least`. */
export function atLeast(least: number, row: Omit<Row, 'target' | 'met'>): Row {
  return { ...row, target: `≥ ${least}`, met: row.ratio === null ? null : row.ratio >= least };
}

/** A row whose ratio must be at most `most`. */
export function atMost(most: number, row: Omit<Row, 'target' | 'met'>): Row {
  return { ...row, target: `≤ ${most}`, met: row.ratio === null ? null : row.ratio <= most };
}

/** A row without a peer: `met` says whether `target` holds. */
export function alone(what: string, ours: string, target: string, met: boolean | null): Row {
  return { what, ours, peer: '—', ratio: null, target, met };
}

/** A row of which nothing is demanded. */
export function information(row: Omit<Row, 'target' | 'met'>): Row {
  return { ...row, target: '', met: null };
}
