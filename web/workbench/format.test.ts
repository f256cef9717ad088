import { describe, expect, it } from 'vitest';
import { formatCount, formatDuration, formatEndpoint, formatMs, formatOctets } from './format.ts';

const plain = (text: string): string => text.replaceAll('\u202f', ' ');

describe('format', () => {
  it('groups digits by three, from five digits on', () => {
    expect(plain(formatCount(7))).toBe('7');
    expect(plain(formatCount(1_234_567))).toBe('1 234 567');
    expect(plain(formatCount(1_850))).toBe('1850');
    expect(plain(formatCount(-10_000))).toBe('−10 000');
  });

  it('writes milliseconds to the microsecond', () => {
    expect(formatMs(0)).toBe('0.000');
    expect(formatMs(21)).toBe('0.021');
    expect(plain(formatMs(12_345_678))).toBe('12 345.678');
    expect(formatMs(-40)).toBe('−0.040');
  });

  it('rounds a duration down, so that a quiet time is never overstated', () => {
    expect(plain(formatDuration(999))).toBe('999 µs');
    expect(plain(formatDuration(812_999))).toBe('812 ms');
    expect(plain(formatDuration(3_429_000))).toBe('3.42 s');
    expect(plain(formatDuration(59_990_000))).toBe('59.9 s');
    expect(plain(formatDuration(125_000_000))).toBe('2 min 5 s');
    expect(plain(formatDuration(3_780_000_000))).toBe('1 h 3 min');
  });

  it('names octets with binary units', () => {
    expect(plain(formatOctets(0))).toBe('0 B');
    expect(plain(formatOctets(1_023))).toBe('1023 B');
    expect(plain(formatOctets(1_024))).toBe('1.0 KiB');
    expect(plain(formatOctets(200 * 1_024))).toBe('200 KiB');
    expect(plain(formatOctets(3 * 1_024 ** 3))).toBe('3.0 GiB');
  });

  it('brackets IPv6 addresses', () => {
    expect(formatEndpoint({ address: '::1', port: 7007 })).toBe('[::1]:7007');
    expect(formatEndpoint({ address: '127.0.0.1', port: 7 })).toBe('127.0.0.1:7');
  });
});
