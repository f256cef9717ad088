/** Fields → cells of the drawing that RFCs make of a header: 32 bits a row. Pure. */
import type { Field } from '#packets/field.ts';
import type { LayerName } from '#packets/octets.ts';

/** Bits in a row of the drawing. */
export const ROW_BITS = 32;

/** A part of a field that lies in one row, or a whole field that fills rows. */
export interface HeaderCell {
  readonly field: Field;
  /** From 0, within its header. */
  readonly row: number;
  readonly rows: number;
  /** From 0. */
  readonly column: number;
  readonly columns: number;
  /** The part that bears the name and the value: the widest, the first among equals. */
  readonly isNamed: boolean;
}

/** One header's drawing. */
export interface HeaderDrawing {
  readonly layer: LayerName;
  /** It is of the packet that an ICMP error quotes. */
  readonly quoted: boolean;
  readonly cells: readonly HeaderCell[];
  readonly rows: number;
}

/** The drawings of all headers of a packet, from the outside in; fields of a kind that follow each other are one header. */
export function drawHeaders(fields: readonly Field[]): HeaderDrawing[] {
  const headers: Field[][] = [];
  for (const field of fields) {
    const last = headers.at(-1);
    if (last?.[0] && last[0].layer === field.layer && last[0].quoted === field.quoted) last.push(field);
    else headers.push([field]);
  }
  return headers.map(drawHeader);
}

function drawHeader(fields: readonly Field[]): HeaderDrawing {
  const from = fields[0]?.bit ?? 0;
  const cells = fields.flatMap((field) => cellsOf(field, field.bit - from));
  const rows = cells.reduce((most, { row, rows: high }) => Math.max(most, row + high), 0);
  return { layer: fields[0]?.layer ?? 'raw', quoted: fields[0]?.quoted ?? false, cells, rows };
}

function cellsOf(field: Field, bit: number): HeaderCell[] {
  const parts: Omit<HeaderCell, 'isNamed'>[] = [];
  let at = bit;
  const end = bit + field.bits;
  while (at < end) {
    const [row, column] = [Math.floor(at / ROW_BITS), at % ROW_BITS];
    const whole = column === 0 ? Math.floor((end - at) / ROW_BITS) : 0;
    const columns = whole > 0 ? ROW_BITS : Math.min(ROW_BITS - column, end - at);
    const rows = Math.max(1, whole);
    parts.push({ field, row, rows, column, columns });
    at += whole > 0 ? whole * ROW_BITS : columns;
  }
  const widest = Math.max(...parts.map(({ rows, columns }) => rows * columns));
  const named = parts.findIndex(({ rows, columns }) => rows * columns === widest);
  return parts.map((part, index) => ({ ...part, isNamed: index === named }));
}
