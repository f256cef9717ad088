import { expect, it } from 'vitest';
import { daytimeLine } from './daytime-line.ts';

it('writes the weekday that the date had: the example in RFC 867 is one day off', () => {
  expect(daytimeLine(new Date('1982-02-22T17:37:43Z'))).toBe('Monday, February 22, 1982 17:37:43-UTC\r\n');
});

it('writes the day without and the time with leading zeros', () => {
  expect(daytimeLine(new Date('2026-01-04T03:02:01Z'))).toBe('Sunday, January 4, 2026 03:02:01-UTC\r\n');
});

it('agrees with the calendar of the language on every day of a leap year', () => {
  const format = new Intl.DateTimeFormat('en-US', { dateStyle: 'full', timeZone: 'UTC' });
  for (let day = 0; day < 366; day += 1) {
    const date = new Date(Date.UTC(2028, 0, 1 + day));
    expect(daytimeLine(date)).toBe(`${format.format(date)} 00:00:00-UTC\r\n`);
  }
});

it('is printing ASCII but for its end, as RFC 867 recommends', () => {
  expect(daytimeLine(new Date(0))).toMatch(/^[\x20-\x7e]+\r\n$/);
});
