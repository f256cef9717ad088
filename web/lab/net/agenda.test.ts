import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Agenda } from './agenda.ts';

test('gives things back by time, and at one time in the order in which they were entered', () => {
  const times = fc.array(fc.integer({ min: 0, max: 20 }), { maxLength: 200 });
  fc.assert(
    fc.property(times, (entered) => {
      const agenda = new Agenda<number>();
      for (const [index, at] of entered.entries()) agenda.add(at, index);
      const taken: number[] = [];
      for (let item = agenda.take(); item !== null; item = agenda.take()) taken.push(item);
      const sorted = [...entered.keys()].sort((a, b) => (entered[a] ?? 0) - (entered[b] ?? 0) || a - b);
      expect(taken).toEqual(sorted);
    }),
  );
});

test('a copy goes its own way', () => {
  const agenda = new Agenda<string>();
  agenda.add(5, 'later');
  const copy = agenda.clone();
  copy.add(1, 'sooner');
  expect(copy.take()).toBe('sooner');
  expect(agenda.nextAt()).toBe(5);
  expect(agenda.size).toBe(1);
});
