import type { Row } from './part.ts';

const WIDTHS = { what: 44, ours: 18, peer: 18, ratio: 8, target: 10 };

/** The head of a table of rows. */
export function tableHead(): string {
  return line({ what: '', ours: 'ours', peer: 'peer', ratio: 'ratio', target: 'target' }, 'verdict');
}

/** One row of the table. */
export function tableRow(row: Row): string {
  const ratio = row.ratio === null ? '—' : row.ratio.toFixed(2);
  return line({ ...row, ratio }, verdict(row));
}

function verdict({ met, target }: Row): string {
  if (target === '') return '';
  if (met === null) return 'not measured';
  return met ? 'met' : 'MISSED';
}

function line(cells: Record<keyof typeof WIDTHS, string>, end: string): string {
  const { what, ours, peer, ratio, target } = cells;
  return [
    what.padEnd(WIDTHS.what),
    ours.padStart(WIDTHS.ours),
    peer.padStart(WIDTHS.peer),
    ratio.padStart(WIDTHS.ratio),
    target.padStart(WIDTHS.target),
    end,
  ].join('  ');
}

/** 12345.6 → `12,346`. */
export function wholeNumber(value: number): string {
  return Math.round(value).toLocaleString('en-US');
}

/** Octets in the unit that reads best. */
export function octets(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`;
  return bytes < 1024 ** 2 ? `${bytes / 1024} KiB` : `${(bytes / 1024 ** 2).toFixed(1)} MiB`;
}
