import { describe, expect, it, vi } from 'vitest';
import { createStore } from 'zustand/vanilla';
import type { WireState } from '../../session/wire-state.ts';
import { aChunk, anEvent } from '../testing.ts';
import { collect, eventsInScope, MAX_EXPORT_BYTES, PAYLOAD_WAIT_MS } from './collect.ts';

/** A session that answers payload requests from `held`, or never. */
function sessionWith(held: ReadonlyMap<number, Uint8Array | null>) {
  const payloads = new Map<number, Uint8Array | null>();
  const store = createStore<WireState>(() => ({ revision: 0, payloads }) as unknown as WireState);
  const asked: number[] = [];
  const requestPayload = (seq: number) => {
    asked.push(seq);
    const payload = held.get(seq);
    if (payload === undefined) return;
    queueMicrotask(() => {
      payloads.set(seq, payload);
      store.setState(({ revision }) => ({ revision: revision + 1 }));
    });
  };
  return { store, requestPayload, asked };
}
const text = (bytes: Uint8Array | undefined) => new TextDecoder().decode(bytes);
const long = (seq: number) => ({ ...aChunk(seq, 'x'.repeat(512)), length: 600, recorded: 600 });

describe('collect', () => {
  it('joins what is here without asking', async () => {
    const session = sessionWith(new Map());
    const collected = await collect(session, [aChunk(1, 'hel'), aChunk(2, 'lo')]);
    expect(text(collected?.bytes)).toBe('hello');
    expect(collected?.missing).toBe(0);
    expect(session.asked).toEqual([]);
  });

  it('asks for what was recorded beyond the preview', async () => {
    const session = sessionWith(new Map([[1, new TextEncoder().encode('y'.repeat(600))]]));
    const collected = await collect(session, [long(1), aChunk(2, '!')]);
    expect(text(collected?.bytes)).toBe(`${'y'.repeat(600)}!`);
  });

  it('counts what was cut, skipped or evicted as missing', async () => {
    const session = sessionWith(new Map([[3, null]]));
    const events = [
      aChunk(1, 'ab', { length: 10 }),
      anEvent(2, { kind: 'skipped', length: 100, count: 5 }),
      long(3),
      anEvent(4, { length: 7, recorded: 7, evicted: true }),
    ];
    expect((await collect(session, events))?.missing).toBe(8 + 100 + 88 + 7);
  });

  it('does not wait for ever', async () => {
    vi.useFakeTimers();
    const collecting = collect(sessionWith(new Map()), [long(1)]);
    await vi.advanceTimersByTimeAsync(PAYLOAD_WAIT_MS);
    expect((await collecting)?.missing).toBe(88);
    vi.useRealTimers();
  });

  it('refuses more than its bound', async () => {
    const huge = anEvent(1, { length: MAX_EXPORT_BYTES + 1, recorded: MAX_EXPORT_BYTES + 1 });
    expect(await collect(sessionWith(new Map()), [huge])).toBeNull();
  });
});

describe('eventsInScope', () => {
  it('takes one direction, or the selected chunk', () => {
    const events = [anEvent(1, { kind: 'opened' }), aChunk(2, 'a'), aChunk(3, 'b', { direction: 'to-client' })];
    const seqs = (scope: 'to-server' | 'to-client' | 'selected') =>
      eventsInScope(events, scope, 3).map((event) => event.seq);
    expect(seqs('to-server')).toEqual([2]);
    expect(seqs('to-client')).toEqual([3]);
    expect(seqs('selected')).toEqual([3]);
  });
});
