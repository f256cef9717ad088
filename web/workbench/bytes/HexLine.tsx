import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Words } from '../words.ts';
import s from './HexLine.module.css';
import { type HexRun, runsOf } from './hex-runs.ts';
import { cellsOf, controlName, type Utf8Context } from './utf8-cells.ts';

/** Props of {@link HexLine}. */
export interface HexLineProps {
  /** Position of the row in its chunk, in octets. */
  readonly offset: number;
  readonly bytes: Uint8Array;
  readonly context: Utf8Context;
  /** Octets of the whole chunk. */
  readonly chunkLength: number;
  /** Octets of a full row: a shorter one leaves the rest blank. */
  readonly bytesPerRow: number;
}

/** Some octets of one chunk: where they are in it, in hex, and as text. */
export const HexLine = memo(function HexLine({ offset, bytes, context, chunkLength, bytesPerRow }: HexLineProps) {
  const { t } = useTranslation('workbench');
  const runs = runsOf(cellsOf(bytes, context), offset, chunkLength);
  return (
    <>
      <span className={s.offset}>{offset.toString(16).padStart(OFFSET_DIGITS, '0')}</span>
      <span className={s.hex} style={{ width: `${hexWidth(bytesPerRow)}ch` }}>
        {runs.map((run) => (
          <HexPiece key={run.start} run={run} bytes={bytes} title={titleOf(t, run)} />
        ))}
      </span>
      <span className={s.text}>
        {runs.map((run) => (
          <TextPiece key={run.start} run={run} title={titleOf(t, run)} />
        ))}
      </span>
    </>
  );
}, sameLine);

const OFFSET_DIGITS = 4;
const GROUP = 8;

/** Characters that a row of hex takes: two digits and a space each, and one more space after each group. */
const hexWidth = (bytesPerRow: number): number => bytesPerRow * 3 + Math.floor((bytesPerRow - 1) / GROUP);

function sameLine(a: HexLineProps, b: HexLineProps): boolean {
  return (
    a.offset === b.offset &&
    a.chunkLength === b.chunkLength &&
    a.bytesPerRow === b.bytesPerRow &&
    sameBytes(a.bytes, b.bytes) &&
    sameBytes(a.context.before, b.context.before) &&
    sameBytes(a.context.after, b.context.after)
  );
}

function sameBytes(a: Uint8Array | null, b: Uint8Array | null): boolean {
  if (a === b) return true;
  return a !== null && b !== null && a.length === b.length && a.every((byte, i) => byte === b[i]);
}

interface PieceProps {
  readonly run: HexRun;
  readonly title: string | undefined;
}

function HexPiece({ run, title, bytes }: PieceProps & { readonly bytes: Uint8Array }) {
  const digits = Array.from(bytes.subarray(run.start, run.start + run.length), (byte, i) => {
    const at = run.start + i;
    const gap = at === 0 || i === 0 ? '' : spaceBefore(at);
    return gap + byte.toString(16).padStart(2, '0');
  }).join('');
  return (
    <>
      {run.start === 0 ? null : spaceBefore(run.start)}
      <span data-kind={run.kind} data-split={run.split} title={title}>
        {digits}
      </span>
    </>
  );
}

const spaceBefore = (at: number): string => (at % GROUP === 0 ? '  ' : ' ');

function TextPiece({ run, title }: PieceProps) {
  if (run.kind === 'printable') return <span>{run.text}</span>;
  return (
    <span data-kind={run.kind} data-split={run.split} title={title}>
      {run.kind === 'control' ? controlName(run.codePoint ?? 0) : run.text}
    </span>
  );
}

function titleOf(t: Words, run: HexRun): string | undefined {
  switch (run.kind) {
    case 'wide':
      return run.split ? t('hex.split', { text: run.text, parts: run.of }) : `${run.text} ${codeName(run.codePoint)}`;
    case 'control':
      return `${run.text} ${controlName(run.codePoint ?? 0)} ${codeName(run.codePoint)}`;
    case 'invalid':
      return t('hex.invalid');
    case 'unknown':
      return t('hex.unknown');
    default:
      return undefined;
  }
}

const codeName = (codePoint: number | null): string =>
  codePoint === null ? '' : `U+${codePoint.toString(16).toUpperCase().padStart(4, '0')}`;
