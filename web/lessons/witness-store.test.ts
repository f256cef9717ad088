import { expect, it } from 'vitest';
import type { Completion } from '#lessons/runner.ts';
import { fakeStorage } from './testing.ts';
import { createWitnessStore, WITNESS_KEY } from './witness-store.ts';

const connected: Completion = {
  kind: 'step',
  id: 'connect',
  wallMs: 1,
  facts: { client: '127.0.0.1:50001' },
  observed: { 'what-differs': null },
};

it('what was seen is found again after a reload', () => {
  const storage = fakeStorage();
  createWitnessStore(storage).keep('sockets', connected);
  expect(createWitnessStore(storage).store.getState()).toEqual({
    sockets: { connect: { facts: { client: '127.0.0.1:50001' }, observed: { 'what-differs': null } } },
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
