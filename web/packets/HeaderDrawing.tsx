import { useTranslation } from 'react-i18next';
import type { Field } from '#packets/field.ts';
import { type CheckedSum, verdictOn } from '#packets/verify.ts';
import { VisuallyHidden } from '../design/VisuallyHidden.tsx';
import s from './HeaderDrawing.module.css';
import { type HeaderDrawing as Drawing, type HeaderCell, ROW_BITS } from './header-cells.ts';
import { layerName } from './packet-name.ts';
import { useFieldWords } from './use-field-words.ts';

/** Props of {@link HeaderDrawing}. */
export interface HeaderDrawingProps {
  readonly drawing: Drawing;
  readonly chosen: Field | null;
  readonly verdicts: readonly CheckedSum[];
  readonly onChoose: (field: Field) => void;
}

/** Columns that a name needs at least; a narrower field has its value only. */
const NAME_COLUMNS = 4;

/** Octets are numbered above the columns. */
const OCTET_COLUMNS = [0, 8, 16, 24] as const;

/** One header, 32 bits a row. Each field is a button; its name is read out where the cell is too narrow for it. */
export function HeaderDrawing({ drawing, chosen, verdicts, onChoose }: HeaderDrawingProps) {
  const { t } = useTranslation('packets');
  const { quoted, cells } = drawing;
  const layer = quoted ? t('detail.quoted', { layer: layerName(t, drawing.layer) }) : layerName(t, drawing.layer);
  return (
    <figure className={s.figure} data-quoted={quoted} aria-label={t('detail.drawing', { layer })}>
      <figcaption>{layer}</figcaption>
      <div className={s.grid}>
        {OCTET_COLUMNS.map((bit) => (
          <span key={bit} className={s.bit} style={{ gridColumn: `${bit + 1} / span 8`, gridRow: 1 }} aria-hidden>
            {bit}
          </span>
        ))}
        {cells.map((cell) => (
          <Cell
            key={`${cell.field.bit}-${cell.row}-${cell.column}`}
            cell={cell}
            chosen={cell.field.bit === chosen?.bit}
            verdict={verdictOn(cell.field, verdicts)?.verdict ?? null}
            onChoose={onChoose}
          />
        ))}
      </div>
    </figure>
  );
}

interface CellProps {
  readonly cell: HeaderCell;
  readonly chosen: boolean;
  readonly verdict: string | null;
  readonly onChoose: (field: Field) => void;
}

function Cell({ cell, chosen, verdict, onChoose }: CellProps) {
  const words = useFieldWords();
  const { field, row, rows, column, columns, isNamed } = cell;
  const { label } = words(field.name);
  const hasRoom = columns * rows >= NAME_COLUMNS;
  return (
    <button
      type="button"
      className={s.cell}
      style={{
        gridColumn: `${column + 1} / span ${Math.min(columns, ROW_BITS)}`,
        gridRow: `${row + 2} / span ${Math.min(rows, 4)}`,
      }}
      {...(isNamed && hasRoom ? {} : { 'aria-label': `${label}: ${field.value}` })}
      aria-pressed={chosen}
      aria-hidden={!isNamed}
      tabIndex={isNamed ? 0 : -1}
      data-verdict={verdict ?? undefined}
      data-set={field.bits === 1 ? field.value : undefined}
      title={label}
      onClick={() => onChoose(field)}
    >
      {isNamed && hasRoom ? (
        <span className={s.name}>
          {label}
          <VisuallyHidden>: </VisuallyHidden>
        </span>
      ) : null}
      {isNamed ? (
        <span className={s.value}>{field.bits === 1 ? bitName(field.name, field.value) : field.value}</span>
      ) : null}
    </button>
  );
}

/** A flag in one letter when it is set, as RFC 9293 stacks them. */
function bitName(name: string, value: string): string {
  return value === '1' ? (name.split('.').at(-1)?.charAt(0).toUpperCase() ?? value) : '·';
}
