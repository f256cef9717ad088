import { describe, expect, it } from 'vitest';
import { refusalOf } from './guard.ts';

const NO_NAMES = new Set<string>();

function verdict(host: string | undefined, origin?: string, localAddress = '127.0.0.1'): string {
  return refusalOf({ host, origin, localAddress }, NO_NAMES)?.code ?? 'allowed';
}

describe('refusalOf', () => {
  it('answers for localhost and for the address that the connection arrived at', () => {
    expect(verdict('localhost:7070')).toBe('allowed');
    expect(verdict('LOCALHOST:7070')).toBe('allowed');
    expect(verdict('127.0.0.1:7070')).toBe('allowed');
    expect(verdict('[::1]:7070', undefined, '::1')).toBe('allowed');
    expect(verdict('192.0.2.7:7070', undefined, '::ffff:192.0.2.7')).toBe('allowed');
  });

  it('refuses a foreign name, an address that is not ours, and what is no host at all', () => {
    const others = [
      'evil.example',
      'localhost.evil.example',
      'notlocalhost',
      '192.0.2.7:7070',
      '127.0.0.1.evil.example',
    ];
    const none = ['', 'a b', '[::1', 'localhost@evil.example', undefined];
    for (const host of [...others, ...none]) expect(verdict(host)).toBe('foreign-host');
  });

  it('answers for a name that the user gave', () => {
    const facts = { host: 'classroom.local:7070', origin: undefined, localAddress: '192.0.2.7' };
    expect(refusalOf(facts, new Set(['classroom.local']))).toBeNull();
  });

  it('takes the page that it serves as Origin, and no other', () => {
    expect(verdict('localhost:7070', 'http://localhost:7070')).toBe('allowed');
    const others = ['http://evil.example', 'http://localhost:8080', 'https://localhost:7070', 'null', ''];
    const alike = [
      'http://localhost:70700',
      'http://localhost:7070.evil.example',
      'http://localhost:7070@evil.example',
    ];
    for (const origin of [...others, ...alike]) expect(verdict('localhost:7070', origin)).toBe('foreign-origin');
  });

  it('repeats only a bounded part of what it was sent', () => {
    const refusal = refusalOf({ host: 'x'.repeat(10_000), origin: undefined, localAddress: '127.0.0.1' }, NO_NAMES);
    expect(refusal?.message.length).toBeLessThan(400);
  });
});
