import { describe, expect, it } from 'vitest';
import type { Completion } from '#lessons/runner.ts';
import { fakeStorage } from './testing.ts';
import { createWitnessStore, WITNESS_KEY } from './witness-store.ts';

const connected: Completion = {
  kind: 'step',
  id: 'connect',
  wallMs: 1,
  evidence: ['observed'] as const,
  captures: false,
  facts: { client: '127.0.0.1:50001' },
  clients: ['127.0.0.1:50001'],
  observed: { 'what-differs': null },
};

it('what was seen is found again after a reload', () => {
  const storage = fakeStorage();
  createWitnessStore(storage).keep('sockets', connected);
  expect(createWitnessStore(storage).store.getState()).toEqual({
    sockets: {
      connect: {
        clients: ['127.0.0.1:50001'],
        evidence: ['observed'],
        captures: false,
        facts: { client: '127.0.0.1:50001' },
        observed: { 'what-differs': null },
      },
    },
  });
});

it('what was seen is forgotten lesson by lesson', () => {
  const storage = fakeStorage();
  const witnesses = createWitnessStore(storage);
  witnesses.keep('sockets', connected);
  witnesses.keep('udp', connected);
  witnesses.forget('sockets');
  expect(Object.keys(createWitnessStore(storage).store.getState())).toEqual(['udp']);
});

describe('what the journal forgets', () => {
  const ends = (port: number) => ({
    transport: 'tcp' as const,
    client: { address: '::1', port },
    server: { address: '::1', port: 7 },
  });
  const about = (id: string, ...ports: number[]): Completion => ({
    ...connected,
    id,
    facts: {},
    clients: ports.map((port) => `[::1]:${port}`),
  });

  it('is forgotten where it is quoted, and nothing else', () => {
    const storage = fakeStorage();
    const witnesses = createWitnessStore(storage);
    for (const completion of [about('one', 50_001), about('both', 50_002, 50_001), about('other', 50_002)])
      witnesses.keep('sockets', completion);
    witnesses.keep('udp', about('crowd', 1, 2, 3, 4, 5, 6, 7, 8));
    witnesses.keep('udp', { ...about('row'), facts: { row: '[::1]:50001 → [::1]:7' } });
    witnesses.forgetWire(ends(50_003));
    expect(Object.keys(witnesses.store.getState().sockets ?? {})).toEqual(['one', 'both', 'other']);
    witnesses.forgetWire(ends(50_001));
    expect(createWitnessStore(storage).store.getState()).toMatchObject({ sockets: { other: {} }, udp: {} });
    expect(storage.getItem(WITNESS_KEY)).not.toContain('50001');
    expect(storage.getItem(WITNESS_KEY)).not.toContain('crowd');
  });

  it('is forgotten altogether with everything', () => {
    const storage = fakeStorage();
    const witnesses = createWitnessStore(storage);
    witnesses.keep('sockets', connected);
    witnesses.forgetWire('all');
    expect([witnesses.store.getState(), storage.getItem(WITNESS_KEY)]).toEqual([{}, '{}']);
  });

  it('is forgotten by other tabs of the browser', () => {
    const witnesses = createWitnessStore(fakeStorage());
    witnesses.keep('sockets', connected);
    witnesses.absorb('{}');
    expect(witnesses.store.getState()).toEqual({});
    witnesses.keep('udp', connected);
    witnesses.absorb(null);
    expect(witnesses.store.getState()).toEqual({});
  });
});

it.each(['{', '[]x', '{"sockets":{"connect":{"facts":{"client":7},"observed":{}}}}', '7'])(
  'nothing is seen in what cannot be read: %s',
  (text) => {
    expect(createWitnessStore(fakeStorage({ [WITNESS_KEY]: text })).store.getState()).toEqual({});
  },
);

it('what was seen lasts as long as the tab where storage is blocked', () => {
  const blocked = () => {
    throw new DOMException('blocked', 'SecurityError');
  };
  const witnesses = createWitnessStore({ getItem: blocked, setItem: blocked });
  witnesses.keep('sockets', connected);
  expect(witnesses.store.getState().sockets?.connect?.facts.client).toBe('127.0.0.1:50001');
});
