import { expect, it } from 'vitest';
import { view } from '../testing/views.ts';
import { tapeOf } from './tape-pieces.ts';

const ISS = 0xffff_fc18;

it('counts octets from the SYN, across the wrap of the sequence space', () => {
  const tape = tapeOf(view({ iss: ISS, sndUna: 461, sndNxt: 6_301, cwnd: 7_300, queued: 7_300 }), null);
  expect(tape).toMatchObject({ una: 1_461, nxt: 7_301, edge: 8_761, limit: 'cwnd' });
  expect(tape.pieces).toEqual([
    { kind: 'acknowledged', from: 0, to: 1_461 },
    { kind: 'flight', from: 1_461, to: 7_301 },
    { kind: 'usable', from: 7_301, to: 8_761 },
    { kind: 'queued', from: 7_301, to: 8_761 },
  ]);
});

it('shows what the receiver holds beyond a gap', () => {
  const receiver = view({ outOfOrder: [{ left: 2_461, right: 3_921 }] });
  const { pieces } = tapeOf(view({ sndNxt: 3_921 }), receiver);
  expect(pieces.find(({ kind }) => kind === 'held')).toEqual({ kind: 'held', from: 1_461, to: 2_921 });
});

it('has nothing usable when the receiver’s window is closed, and says that it is the limit', () => {
  const { pieces, limit, edge, una } = tapeOf(view({ sndWnd: 0, queued: 500 }), null);
  expect([pieces.map(({ kind }) => kind), limit, edge - una]).toEqual([['acknowledged', 'queued'], 'rwnd', 0]);
});
