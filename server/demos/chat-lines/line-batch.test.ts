import { describe, expect, it } from 'vitest';
import type { RoomEvent } from '../../chat/room-event.ts';
import { renderLines, segmentsFor } from './line-batch.ts';

const said = (by: number, text: string): RoomEvent => ({ type: 'said', by, nick: `n${by}`, text });
const joined = (by: number): RoomEvent => ({ type: 'joined', by, nick: `n${by}` });

function heardBy(events: readonly RoomEvent[], member: number, from = 0): string {
  return Buffer.concat(segmentsFor(renderLines(events), member, from)).toString();
}

describe('a batch of lines', () => {
  const events = [said(1, 'a'), said(1, 'b'), said(2, 'ç'), said(1, 'd'), said(3, 'e')];

  it('goes whole, in one piece, to a member that did none of it', () => {
    const batch = renderLines(events);
    expect(segmentsFor(batch, 4, 0)).toEqual([batch.bytes]);
    expect(batch.bytes.toString()).toBe('<n1> a\r\n<n1> b\r\n<n2> ç\r\n<n1> d\r\n<n3> e\r\n');
    expect(batch.size).toBe(batch.bytes.length);
  });

  it('goes to each speaker without its own lines', () => {
    expect(heardBy(events, 1)).toBe('<n2> ç\r\n<n3> e\r\n');
    expect(heardBy(events, 2)).toBe('<n1> a\r\n<n1> b\r\n<n1> d\r\n<n3> e\r\n');
    expect(heardBy(events, 3)).toBe('<n1> a\r\n<n1> b\r\n<n2> ç\r\n<n1> d\r\n');
  });

  it('is nothing for a member that did all of it', () => {
    expect(segmentsFor(renderLines([said(1, 'alone')]), 1, 0)).toEqual([]);
  });

  it('begins for a newcomer with what follows its own joining', () => {
    expect(heardBy([said(1, 'before'), joined(2), said(1, 'after')], 2, 1)).toBe('<n1> after\r\n');
    expect(heardBy([said(1, 'before'), joined(2)], 2, 1)).toBe('');
  });

  it.each([
    [joined(1), '* n1 joined\r\n'],
    [{ type: 'renamed', by: 1, nick: 'n1', to: 'm1' }, '* n1 is now m1\r\n'],
    [{ type: 'left', by: 1, nick: 'n1', cause: 'quit', message: '' }, '* n1 left\r\n'],
    [{ type: 'left', by: 1, nick: 'n1', cause: 'quit', message: 'bye' }, '* n1 left: bye\r\n'],
    [{ type: 'left', by: 1, nick: 'n1', cause: 'finished', message: '' }, '* n1 left\r\n'],
    [{ type: 'left', by: 1, nick: 'n1', cause: 'lost', message: '' }, '* n1 left: the connection was lost\r\n'],
    [
      { type: 'left', by: 1, nick: 'n1', cause: 'stopped-reading', message: '' },
      '* n1 was cut off: it stopped reading\r\n',
    ],
  ] satisfies [RoomEvent, string][])('says of %j: %j', (event, line) => {
    expect(heardBy([event], 2)).toBe(line);
  });
});
