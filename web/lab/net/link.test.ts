import { expect, test } from 'vitest';
import { SeededDice } from '#packets/seeded-dice.ts';
import { Link } from './link.ts';
import { CLEAN_LINK, type LinkSettings } from './link-settings.ts';

function linkOf(settings: Partial<LinkSettings>, seed = 1): Link {
  return new Link({ ...CLEAN_LINK, ...settings }, new SeededDice(seed));
}

test('a clean link takes its delay and nothing else', () => {
  const fate = linkOf({ delayUs: 20_000 }).send(1000, 1500, []);
  expect(fate).toEqual({ departedAt: 1000, arrivals: [{ at: 21_000, flippedBit: null }], lost: null });
});

test('bandwidth spaces packets out: 1,500 octets at 8 Mb/s take 1.5 ms each', () => {
  const link = linkOf({ bandwidthBps: 8_000_000, delayUs: 0 });
  expect([1, 2, 3].map(() => link.send(0, 1500, []).arrivals[0]?.at)).toEqual([1500, 3000, 4500]);
});

test('what does not fit the queue is dropped from its tail, and an idle link takes any packet', () => {
  const link = linkOf({ bandwidthBps: 8_000_000, queueBytes: 3000 });
  const fates = [1, 2, 3].map(() => link.send(0, 1500, []).lost?.cause ?? 'sent');
  expect(fates).toEqual(['sent', 'sent', 'queue']);
  expect(linkOf({ bandwidthBps: 8_000_000, queueBytes: 100 }).send(0, 1500, []).lost).toBeNull();
});

test('jitter alone never changes the order', () => {
  const link = linkOf({ jitterUs: 50_000 });
  const arrivals = Array.from({ length: 200 }, (_, n) => link.send(n * 100, 100, []).arrivals[0]?.at ?? 0);
  expect(arrivals).toEqual([...arrivals].sort((a, b) => a - b));
  expect(new Set(arrivals.map((at, n) => at - n * 100)).size).toBeGreaterThan(10);
});

test('a packet chosen for reordering is late and holds nobody up', () => {
  const link = linkOf({ reorder: 1, reorderUs: 10_000, delayUs: 0 });
  expect(link.send(0, 100, []).arrivals[0]?.at).toBe(10_000);
  link.settings = { ...link.settings, reorder: 0 };
  expect(link.send(1, 100, []).arrivals[0]?.at).toBe(1);
});

test('rates hold over many packets', () => {
  const link = linkOf({ loss: 0.1, duplicate: 0.2, corrupt: 0.3 });
  const fates = Array.from({ length: 20_000 }, () => link.send(0, 100, []));
  const share = (count: number): number => count / fates.length;
  expect(share(fates.filter(({ lost }) => lost).length)).toBeCloseTo(0.1, 1);
  const arrived = fates.filter(({ lost }) => !lost);
  expect(arrived.filter(({ arrivals }) => arrivals.length === 2).length / arrived.length).toBeCloseTo(0.2, 1);
  expect(arrived.filter(({ arrivals }) => arrivals[0]?.flippedBit !== null).length / arrived.length).toBeCloseTo(
    0.3,
    1,
  );
});

test('one rate does not move the accidents of another', () => {
  const losses = (duplicate: number): number[] => {
    const link = linkOf({ loss: 0.2, duplicate });
    return Array.from({ length: 100 }, (_, n) => n).filter(() => link.send(0, 100, []).lost);
  };
  expect(losses(0.9)).toEqual(losses(0));
  expect(losses(0).length).toBeGreaterThan(5);
});

test('rules decide over the dice, and a packet above the MTU is lost', () => {
  const link = linkOf({ mtu: 500 });
  expect(link.send(0, 501, []).lost).toEqual({ at: 0, cause: 'mtu' });
  expect(link.send(0, 500, [{ deed: 'drop' }]).lost?.cause).toBe('rule');
  expect(link.send(0, 500, [{ deed: 'duplicate' }]).arrivals).toHaveLength(2);
  expect(link.send(0, 500, [{ deed: 'delay', byUs: 7 }]).arrivals[0]?.at).toBe(20_007);
  const bit = link.send(0, 500, [{ deed: 'corrupt' }]).arrivals[0]?.flippedBit ?? -1;
  expect(bit).toBeGreaterThanOrEqual(0);
  expect(bit).toBeLessThan(4000);
});

test('a copy of a link throws the same dice', () => {
  const link = linkOf({ loss: 0.5, jitterUs: 1000 });
  link.send(0, 100, []);
  const copy = link.clone();
  expect([1, 2, 3].map(() => copy.send(9, 100, []))).toEqual([1, 2, 3].map(() => link.send(9, 100, [])));
});
