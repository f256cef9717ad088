import { useTranslation } from 'react-i18next';
import { ChunkHeader } from './ChunkHeader.tsx';
import { HexLine } from './HexLine.tsx';
import { HexNote } from './HexNote.tsx';
import s from './HexRowView.module.css';
import { type BytesOfChunk, contextOf } from './hex-context.ts';
import type { HexRow } from './hexdump.ts';

/** Props of {@link HexRowView}. */
export interface HexRowViewProps {
  readonly row: HexRow;
  readonly startPx: number;
  readonly heightPx: number;
  readonly selectedSeq: number | null;
  readonly zeroUs: number;
  readonly bytesPerRow: number;
  readonly bytesOf: BytesOfChunk;
  /** The chunk's octets were asked for, and the journal no longer has them. */
  readonly gone: boolean;
  readonly onSelect: (seq: number) => void;
}

/** One line of the bytes view. */
export function HexRowView(props: HexRowViewProps) {
  const { row, startPx, heightPx, selectedSeq } = props;
  const chunk = 'chunk' in row ? row.chunk : null;
  const selected = chunk !== null && chunk.event.seq === selectedSeq;
  return (
    <div
      className={s.row}
      data-type={row.type}
      data-direction={chunk?.direction ?? 'none'}
      data-selected={selected}
      style={{ transform: `translateY(${startPx}px)`, height: heightPx }}
    >
      <Content {...props} selected={selected} />
    </div>
  );
}

function Content(props: HexRowViewProps & { readonly selected: boolean }) {
  const { row, selected, zeroUs, onSelect } = props;
  if (row.type === 'header') return <ChunkHeader chunk={row.chunk} {...{ selected, zeroUs, onSelect }} />;
  if (row.type === 'bytes') return <Octets {...props} row={row} />;
  return (
    <span className={s.note} data-note={row.note}>
      <HexNote row={row} />
    </span>
  );
}

function Octets(props: HexRowViewProps & { readonly row: Extract<HexRow, { type: 'bytes' }> }) {
  const { row, bytesOf, bytesPerRow, gone } = props;
  const { t } = useTranslation('workbench');
  const { chunk, offset, length } = row;
  const bytes = bytesOf(chunk).subarray(offset, offset + length);
  if (bytes.length === 0) return <span className={s.note}>{t(gone ? 'hex.gone' : 'hex.loading')}</span>;
  return (
    <HexLine
      offset={offset}
      bytes={bytes}
      context={contextOf(chunk, offset, bytes.length, bytesOf)}
      chunkLength={chunk.event.length}
      bytesPerRow={bytesPerRow}
    />
  );
}
