import { expect, it } from 'vitest';
import { PacketBook } from '../packet-book.ts';
import { datagram, record, segment } from '../testing/packets.ts';
import { isRight, judge, type Prediction } from './judge.ts';

const said = (part: Partial<Prediction>): Prediction => ({
  from: 'b',
  flags: ['syn', 'ack'],
  sequence: null,
  acknowledgment: null,
  length: null,
  ...part,
});

function factsOf(last: Uint8Array, from: 'a' | 'b') {
  const book = new PacketBook();
  book.read([
    record({ id: 0, from: 'a', bytes: segment('a', 'syn', { seq: 100 }) }),
    record({ id: 1, from, bytes: last }),
  ]);
  const facts = book.get(1);
  if (!facts) throw new Error('not read');
  return facts;
}

const synAck = factsOf(segment('b', 'syn ack', { seq: 500, ack: 101 }), 'b');

it('finds a whole prediction right', () => {
  const verdicts = judge(said({ sequence: 0, acknowledgment: 1, length: 0 }), synAck);
  expect(verdicts.map(({ what }) => what)).toEqual(['from', 'flags', 'sequence', 'acknowledgment', 'length']);
  expect(isRight(verdicts)).toBe(true);
});

it('does not judge numbers that were left open', () => {
  expect(judge(said({}), synAck).map(({ what }) => what)).toEqual(['from', 'flags']);
});

it('names what was said and what was sent', () => {
  const verdicts = judge(said({ flags: ['syn'], acknowledgment: 0 }), synAck);
  expect(verdicts.filter(({ right }) => !right)).toEqual([
    { what: 'flags', said: 'SYN', was: 'SYN ACK', right: false },
    { what: 'acknowledgment', said: 0, was: 1, right: false },
  ]);
});

it('knows silence', () => {
  expect(isRight(judge(said({ from: null }), null))).toBe(true);
  expect(judge(said({ from: 'a' }), null)).toEqual([{ what: 'from', said: 'a', was: null, right: false }]);
  expect(isRight(judge(said({ from: null }), synAck))).toBe(false);
});

it('asks only for the length of a datagram', () => {
  const facts = factsOf(datagram('b', 40), 'b');
  expect(judge(said({ sequence: 7, length: 40 }), facts).map(({ what, right }) => [what, right])).toEqual([
    ['from', true],
    ['length', true],
  ]);
});
