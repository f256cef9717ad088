import { describe, expect, it } from 'vitest';
import type { Field } from '#packets/field.ts';
import { drawHeaders } from './header-cells.ts';

const field = (layer: Field['layer'], name: string, bit: number, bits: number, quoted = false): Field => ({
  name,
  layer,
  bit,
  bits,
  value: '',
  source: '',
  quoted,
});

describe('the drawing of a header', () => {
  it('puts 32 bits in a row, as RFCs do', () => {
    const [drawing] = drawHeaders([
      field('tcp', 'tcp.srcport', 160, 16),
      field('tcp', 'tcp.dstport', 176, 16),
      field('tcp', 'tcp.seq', 192, 32),
    ]);
    expect(drawing?.rows).toBe(2);
    expect(drawing?.cells.map(({ row, column, columns }) => [row, column, columns])).toEqual([
      [0, 0, 16],
      [0, 16, 16],
      [1, 0, 32],
    ]);
  });

  it('cuts a field at the end of a row, and names its widest part', () => {
    const [drawing] = drawHeaders([field('ethernet', 'eth.dst', 0, 48), field('ethernet', 'eth.src', 48, 48)]);
    expect(drawing?.cells.map(({ row, column, columns, isNamed }) => [row, column, columns, isNamed])).toEqual([
      [0, 0, 32, true],
      [1, 0, 16, false],
      [1, 16, 16, false],
      [2, 0, 32, true],
    ]);
  });

  it('gives a field of several rows one cell', () => {
    const [drawing] = drawHeaders([field('ipv6', 'ipv6.src', 64, 128)]);
    expect(drawing?.cells).toMatchObject([{ row: 0, rows: 4, columns: 32, isNamed: true }]);
  });

  it('begins each header anew, and says which are quoted', () => {
    const drawings = drawHeaders([
      field('ipv4', 'ip.version', 0, 4),
      field('icmp', 'icmp.type', 160, 8),
      field('ipv4', 'ip.version', 224, 4, true),
      field('icmp', 'icmp.type', 384, 8, true),
    ]);
    expect(drawings.map(({ layer, quoted, cells }) => [layer, quoted, cells[0]?.column])).toEqual([
      ['ipv4', false, 0],
      ['icmp', false, 0],
      ['ipv4', true, 0],
      ['icmp', true, 0],
    ]);
  });
});
