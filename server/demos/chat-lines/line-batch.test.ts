import { describe, expect, it } from 'vitest';
import type { FileReference } from '../../chat/message.ts';
import type { RoomEvent } from '../../chat/room-event.ts';
import { Stamper } from '../../chat/stamper.ts';
import { MAX_SHOWN_LINES } from './limits.ts';
import { renderLines, segmentsFor } from './line-batch.ts';

const stamper = new Stamper(() => 0, 'test');

function said(by: number, text: string, file: FileReference | null = null): RoomEvent {
  const nick = `n${by}`;
  const from = { user: null, nick, resource: null };
  const message = stamper.stamp(from, { type: 'room', name: 'lobby', nick: null }, { body: text, file });
  return { type: 'said', by, nick, message };
}

const joined = (by: number): RoomEvent => ({ type: 'joined', by, nick: `n${by}`, user: null, resource: null });

const NO_REASON = { kickedBy: 'n1', reason: '' };

const N1 = { by: 1, nick: 'n1', user: null, resource: null };

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
    [
      { type: 'affiliated', by: 1, nick: 'n1', user: 'bob', affiliation: 'outcast', because: NO_REASON },
      '* n1 says of bob: may not come in\r\n',
    ],
    [{ type: 'renamed', by: 1, nick: 'n1', to: 'm1' }, '* n1 is now m1\r\n'],
    [{ type: 'left', ...N1, cause: 'quit', message: '', kickedBy: null }, '* n1 left\r\n'],
    [{ type: 'left', ...N1, cause: 'quit', message: 'bye', kickedBy: null }, '* n1 left: bye\r\n'],
    [{ type: 'left', ...N1, cause: 'finished', message: '', kickedBy: null }, '* n1 left\r\n'],
    [{ type: 'left', ...N1, cause: 'lost', message: '', kickedBy: null }, '* n1 left: the connection was lost\r\n'],
    [
      { type: 'left', ...N1, cause: 'stopped-reading', message: '', kickedBy: null },
      '* n1 was cut off: it stopped reading\r\n',
    ],
    [
      { type: 'left', ...N1, cause: 'kicked', message: 'enough', kickedBy: 'ann' },
      '* n1 was put out by ann: enough\r\n',
    ],
    [{ type: 'subject', by: 1, nick: 'n1', text: 'tea\u001b[2J' }, '* n1 set the subject: tea^[[2J\r\n'],
  ] satisfies [RoomEvent, string][])('says of %j: %j', (event, line) => {
    expect(heardBy([event], 2)).toBe(line);
  });

  it('shows what another protocol says in several lines as several, as many as are bearable', () => {
    expect(heardBy([said(1, 'a\nb\u001b[2J')], 2)).toBe('<n1> a\r\n<n1> b^[[2J\r\n');
    const lines = heardBy([said(1, '\n'.repeat(10_000))], 2).split('\r\n');
    expect(lines).toHaveLength(MAX_SHOWN_LINES + 2);
    expect(lines.at(-2)).toBe('<n1> (more lines follow)');
  });

  it('shows a file as where it can be fetched', () => {
    const file = { url: 'http://localhost/f/1', name: 'cat.png', type: 'image/png', sizeBytes: 12 };
    expect(heardBy([said(1, '', file)], 2)).toBe('<n1> (file) cat.png, image/png, 12 octets: http://localhost/f/1\r\n');
  });

  it('leaves out what lines have no word for', () => {
    const typing: RoomEvent = { type: 'signal', by: 1, nick: 'n1', signal: { type: 'typing', state: 'composing' } };
    expect(renderLines([typing]).size).toBe(0);
    expect(heardBy([typing, said(1, 'there')], 2)).toBe('<n1> there\r\n');
  });
});
