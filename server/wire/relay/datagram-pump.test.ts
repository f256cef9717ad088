import { describe, expect, it } from 'vitest';
import { SeededDice } from '#packets/seeded-dice.ts';
import { NO_UDP_FAULTS, type UdpFaults } from '#protocol/relay.ts';
import { Counts } from './counts.ts';
import { DatagramPump } from './datagram-pump.ts';
import { MAX_HELD_DATAGRAMS, REORDER_HOLD_MS } from './limits.ts';
import { manualTimer } from './testing/manual-timer.ts';

function pumped(faults: Partial<UdpFaults> = {}, seed = 1) {
  const timer = manualTimer();
  const counts = new Counts();
  const arrived: string[] = [];
  const pump = new DatagramPump({
    send: (bytes) => arrived.push(Buffer.from(bytes).toString('latin1')),
    faults: () => ({ ...NO_UDP_FAULTS, ...faults }),
    dice: new SeededDice(seed),
    timer,
    counts,
  });
  return { timer, counts, arrived, pump, say: (text: string) => pump.take(Buffer.from(text, 'latin1')) };
}

const THOUSAND = Array.from({ length: 1_000 }, (_, at) => `#${at}`);

describe('one direction of a relayed UDP flow', () => {
  it('passes datagrams on at once when no fault is on, empty ones too', () => {
    const it = pumped();
    it.say('a');
    it.say('');
    it.say('b');
    expect(it.arrived).toEqual(['a', '', 'b']);
  });

  it('loses about as many as the rate says, and the same ones for the same seed', () => {
    const lossy = () => {
      const it = pumped({ lossRate: 0.2 }, 42);
      for (const text of THOUSAND) it.say(text);
      return it;
    };
    const [first, second] = [lossy(), lossy()];
    expect(first.arrived).toEqual(second.arrived);
    expect(first.counts.droppedPieces).toBeGreaterThan(150);
    expect(first.counts.droppedPieces).toBeLessThan(250);
    expect(first.counts.pieces + first.counts.droppedPieces).toBe(1_000);
  });

  it('lets a datagram that was held back go behind the next one', () => {
    const it = pumped({ reorderRate: 1 });
    for (const text of ['a', 'b', 'c', 'd']) it.say(text);
    expect(it.arrived).toEqual(['b', 'a', 'd', 'c']);
  });

  it('lets it go after a while when no next one comes', () => {
    const it = pumped({ reorderRate: 1 });
    it.say('last');
    expect(it.arrived).toEqual([]);
    it.timer.pass(REORDER_HOLD_MS);
    expect(it.arrived).toEqual(['last']);
  });

  it('duplicates', () => {
    const it = pumped({ duplicateRate: 1 });
    it.say('a');
    expect(it.arrived).toEqual(['a', 'a']);
  });

  it('flips exactly one bit, never the length, and leaves an empty datagram alone', () => {
    const it = pumped({ corruptRate: 1 });
    const sent = Buffer.alloc(16, 0x55);
    it.pump.take(sent);
    const got = Buffer.from(it.arrived[0] ?? '', 'latin1');
    const flipped = got.reduce((bits, octet, at) => bits + popCount(octet ^ (sent[at] ?? 0)), 0);
    expect([got.length, flipped]).toEqual([16, 1]);
    expect(sent).toEqual(Buffer.alloc(16, 0x55));
    it.say('');
    expect(it.arrived[1]).toBe('');
  });

  it('delays each datagram for itself, and holds no more than its bound', () => {
    const it = pumped({ delayMs: 50 });
    for (let sent = 0; sent < MAX_HELD_DATAGRAMS + 3; sent += 1) it.say('x');
    expect(it.counts.droppedPieces).toBe(3);
    it.timer.pass(49);
    expect(it.arrived).toEqual([]);
    it.timer.pass(1);
    expect(it.arrived).toHaveLength(MAX_HELD_DATAGRAMS);
  });
});

function popCount(octet: number): number {
  let bits = 0;
  for (let rest = octet; rest > 0; rest >>= 1) bits += rest & 1;
  return bits;
}
