import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { SeededDice } from '#packets/seeded-dice.ts';
import { NO_TCP_FAULTS, type TcpFaults } from '#protocol/relay.ts';
import { Counts } from './counts.ts';
import { MAX_HELD_BYTES } from './limits.ts';
import { StreamPump } from './stream-pump.ts';
import { type ManualTimer, manualTimer } from './testing/manual-timer.ts';

/** A pump between two streams of which the test is both ends. Reads are handed over in the turn they come in. */
function pumped(faults: Partial<TcpFaults> = {}) {
  const timer = manualTimer();
  const source = new PassThrough({ allowHalfOpen: true, highWaterMark: 16 * 1024 * 1024 });
  const sink = new RecordingSink(timer);
  const counts = new Counts();
  let resets = 0;
  let now: TcpFaults = { ...NO_TCP_FAULTS, ...faults };
  const pump = new StreamPump({
    ...{ source, sink, timer, counts },
    faults: () => now,
    dice: new SeededDice(1),
    reset: () => {
      resets += 1;
    },
  });
  return {
    ...{ pump, timer, counts, source, sink },
    arrived: sink.arrived,
    say: (text: string) => source.emit('data', Buffer.from(text)),
    finish: () => source.emit('end'),
    switchTo: (faults: Partial<TcpFaults>) => {
      now = { ...NO_TCP_FAULTS, ...faults };
      pump.faultsChanged();
    },
    get sinkEnds() {
      return sink.writableEnded;
    },
    get resets() {
      return resets;
    },
  };
}

/** Takes whatever comes, and notes when. */
class RecordingSink extends PassThrough {
  readonly arrived: { atMs: number; text: string }[] = [];
  readonly #timer: ManualTimer;

  constructor(timer: ManualTimer) {
    super({ highWaterMark: 64 * 1024 * 1024 });
    this.#timer = timer;
  }

  override write(bytes: Buffer): boolean {
    this.arrived.push({ atMs: this.#timer.now(), text: bytes.toString() });
    return super.write(bytes);
  }
}

describe('one direction of a relayed connection', () => {
  it('passes octets and the end on at once when no fault is on', () => {
    const it = pumped();
    it.say('hello');
    it.finish();
    expect(it.arrived).toEqual([{ atMs: 0, text: 'hello' }]);
    expect(it.sinkEnds).toBe(true);
    expect(it.counts.snapshot()).toEqual({ pieces: 1, bytes: 5, droppedPieces: 0, droppedBytes: 0 });
  });

  it('delays octets and the end by the latency, and keeps their order whatever the jitter', () => {
    const it = pumped({ latencyMs: 100, jitterMs: 50 });
    for (const text of ['a', 'b', 'c', 'd', 'e', 'f']) it.say(text);
    it.finish();
    it.timer.pass(99);
    expect(it.arrived).toEqual([]);
    it.timer.pass(51);
    expect(it.arrived.map(({ text }) => text).join('')).toBe('abcdef');
    expect(it.arrived.every(({ atMs }) => atMs >= 100 && atMs <= 150)).toBe(true);
    expect(it.sinkEnds).toBe(true);
  });

  it('carries no more than the bandwidth, in small pieces', () => {
    const it = pumped({ bandwidth: 1_000 });
    it.say('x'.repeat(500));
    it.timer.pass(250);
    const carried = it.arrived.reduce((sum, { text }) => sum + text.length, 0);
    expect(carried).toBeGreaterThanOrEqual(230);
    expect(carried).toBeLessThanOrEqual(250);
    it.timer.pass(250);
    expect(it.counts.bytes).toBe(500);
    it.say('yy');
    it.timer.pass(1);
    expect(it.counts.bytes).toBe(500);
    it.timer.pass(1);
    expect(it.counts.bytes).toBe(502);
  });

  it('slices what was read, with a gap between the slices', () => {
    const it = pumped({ sliceBytes: 2, sliceGapMs: 10 });
    it.say('abcde');
    it.timer.pass(20);
    expect(it.arrived).toEqual([
      { atMs: 0, text: 'ab' },
      { atMs: 10, text: 'cd' },
      { atMs: 20, text: 'e' },
    ]);
  });

  it.each([
    ['half-close', true, 0],
    ['reset', false, 1],
    ['blackhole', false, 0],
  ] as const)('cuts after exactly so many octets: %s', (how, ends, resets) => {
    const it = pumped({ cut: { how, afterBytes: 4 } });
    it.say('abc');
    it.say('def');
    it.say('ghi');
    it.finish();
    expect(it.arrived.map(({ text }) => text).join('')).toBe('abcd');
    expect(it.sinkEnds).toBe(ends);
    expect(it.resets).toBe(resets);
    expect(it.counts).toMatchObject({ bytes: 4, droppedBytes: 5 });
  });

  it('cuts a quiet connection the moment the fault is switched on', () => {
    const it = pumped();
    it.say('abc');
    it.switchTo({ cut: { how: 'half-close', afterBytes: 0 } });
    expect(it.sinkEnds).toBe(true);
  });

  it('lets what is held go by the new faults when they are switched off', () => {
    const it = pumped({ bandwidth: 1 });
    it.say('abc');
    it.switchTo({});
    expect(it.arrived.map(({ text }) => text)).toEqual(['abc']);
  });

  it('makes the source wait while it holds too much, and go on when there is room', () => {
    const it = pumped({ latencyMs: 1_000 });
    it.say('x'.repeat(MAX_HELD_BYTES));
    expect(it.source.isPaused()).toBe(true);
    it.timer.pass(1_000);
    expect(it.source.isPaused()).toBe(false);
    expect(it.counts.bytes).toBe(MAX_HELD_BYTES);
  });

  it('holds nothing and runs no timer after it was stopped', () => {
    const it = pumped({ latencyMs: 10 });
    it.say('abc');
    it.pump.stop();
    it.timer.pass(100);
    expect(it.arrived).toEqual([]);
  });
});
