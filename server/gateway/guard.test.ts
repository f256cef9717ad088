import { describe, expect, it } from 'vitest';
import { type GuardedRequest, refusalOf } from './guard.ts';

const NO_NAMES = new Set<string>();

function request(hosts: readonly string[], origin?: string, localAddress = '127.0.0.1'): GuardedRequest {
  return { headersDistinct: { host: hosts }, headers: { origin }, socket: { localAddress } };
}

function verdict(host: string, origin?: string, localAddress?: string): string {
  return refusalOf(request([host], origin, localAddress), NO_NAMES)?.code ?? 'allowed';
}

describe('refusalOf', () => {
  it('answers for localhost and for the address that the connection arrived at', () => {
    expect(verdict('localhost:7070')).toBe('allowed');
    expect(verdict('LOCALHOST:7070')).toBe('allowed');
    expect(verdict('127.0.0.1:7070')).toBe('allowed');
    expect(verdict('[::1]:7070', undefined, '::1')).toBe('allowed');
    expect(verdict('192.0.2.7:7070', undefined, '::ffff:192.0.2.7')).toBe('allowed');
  });

  it('refuses a foreign name and an address that is not ours', () => {
    const names = ['evil.example', 'localhost.evil.example', 'notlocalhost', 'local%68ost', ''];
    const addresses = ['192.0.2.7:7070', '127.0.0.1.evil.example'];
    for (const host of [...names, ...addresses]) expect(verdict(host)).toBe('foreign-host');
  });

  it('refuses with 400 what has no Host, more than one, or one that is none (RFC 9112 §3.2)', () => {
    const none = ['a b', '[::1', 'localhost@evil.example'].map((host) => [host]);
    for (const hosts of [[], ['localhost', 'localhost'], ['localhost', 'evil.example'], ...none]) {
      expect(refusalOf(request(hosts), NO_NAMES)).toMatchObject({ status: 400, code: 'bad-host' });
    }
  });

  it('answers for a name that the user gave', () => {
    const asked = request(['classroom.local:7070'], undefined, '192.0.2.7');
    expect(refusalOf(asked, new Set(['classroom.local']))).toBeNull();
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
    for (const host of ['x'.repeat(10_000), ' '.repeat(10_000)])
      expect(refusalOf(request([host]), NO_NAMES)?.message.length).toBeLessThan(400);
  });
});
