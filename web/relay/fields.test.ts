import { describe, expect, it } from 'vitest';
import { readField, TCP_FIELDS, UDP_FIELDS, writeField } from './fault-fields.ts';
import { EMPTY_FORM, readForm, shellCommand } from './relay-form.ts';

const field = (key: string) => {
  const found = [...TCP_FIELDS, ...UDP_FIELDS].find((each) => each.key === key);
  if (!found) throw new Error(key);
  return found;
};

describe('a field of the faults', () => {
  it.each([
    ['latencyMs', '150', 150],
    ['latencyMs', '', 0],
    ['latencyMs', '60001', undefined],
    ['latencyMs', '-1', undefined],
    ['latencyMs', 'ten', undefined],
    ['bandwidth', '', null],
    ['bandwidth', '0', undefined],
    ['bandwidth', '1000', 1_000],
    ['lossRate', '2.5', 0.025],
    ['lossRate', '101', undefined],
  ])('%s typed as %j', (key, typed, value) => {
    expect(readField(field(key), typed)).toBe(value);
  });

  it('is written as it is typed', () => {
    expect(writeField(field('lossRate'), 0.025)).toBe('2.5');
    expect(writeField(field('bandwidth'), null)).toBe('');
  });
});

describe('the form of a relay', () => {
  it('reads what is typed', () => {
    const form = { ...EMPTY_FORM, port: '9000', host: ' ::1 ', serverPort: '53', seed: '7', transport: 'udp' as const };
    expect(readForm(form)).toEqual({ transport: 'udp', port: 9_000, target: { host: '::1', port: 53 }, seed: 7 });
    expect(shellCommand(form)).toBe('npx porthole tap 9000 --to [::1]:53 --udp --seed 7');
  });

  it.each([
    { serverPort: '' },
    { serverPort: '0' },
    { serverPort: '70000' },
    { port: 'x' },
    { host: ' ' },
    { seed: '5e9' },
  ])('refuses %j', (part) => {
    expect(readForm({ ...EMPTY_FORM, serverPort: '80', ...part })).toBeNull();
  });
});
