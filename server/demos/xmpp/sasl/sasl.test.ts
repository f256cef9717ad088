import { describe, expect, it } from 'vitest';
import { deriveVerifier, type ScramHash, type Verifier } from '../../../chat/verifier.ts';
import type { Directory, SaslContext, SaslExchange } from './mechanism.ts';
import { mechanismsFor } from './mechanisms.ts';
import { plain } from './plain.ts';
import { scram } from './scram.ts';

/** A directory of one user. */
async function directory(user: string, password: string, salt: string, hash: ScramHash): Promise<Directory> {
  const verifier = (await deriveVerifier(password, Buffer.from(salt, 'base64'), hash)) as Verifier;
  return {
    domain: 'localhost',
    prepare: (name) => name.toLowerCase(),
    verifier: async (name) => (name === user ? verifier : null),
    accepts: async (name, given) => name === user && given === password,
  };
}

/** Randomness that the vectors of the RFCs have been made with: the server's nonce, in base64 of its octets. */
async function context(
  user: string,
  password: string,
  salt: string,
  nonce: string,
  hash: ScramHash,
): Promise<SaslContext> {
  const random = (): Buffer => ({ toString: () => nonce }) as unknown as Buffer;
  return { directory: await directory(user, password, salt, hash), random };
}

describe('SCRAM', () => {
  it('goes as RFC 5802 §5 shows it with SHA-1', async () => {
    const exchange = scram('sha1')(await context('user', 'pencil', 'QSXCR+Q6sek8bf92', '3rfcNHYJY1ZVvWVs7j', 'sha1'));
    expect(await exchange.next('n,,n=user,r=fyko+d2lbbFgONRv9qkxdawL')).toEqual({
      type: 'challenge',
      data: 'r=fyko+d2lbbFgONRv9qkxdawL3rfcNHYJY1ZVvWVs7j,s=QSXCR+Q6sek8bf92,i=4096',
    });
    const last = 'c=biws,r=fyko+d2lbbFgONRv9qkxdawL3rfcNHYJY1ZVvWVs7j,p=v0X8v3Bz2T0CJGbJQyF0X+HI4Ts=';
    expect(await exchange.next(last)).toEqual({
      type: 'success',
      user: 'user',
      data: 'v=rmF9pqV8S7suAoZWja4dJRkFsKQ=',
    });
  });

  it('goes as RFC 7677 §3 shows it with SHA-256', async () => {
    const exchange = scram('sha256')(
      await context('user', 'pencil', 'W22ZaJ0SNY7soEsUEjb6gQ==', '%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0', 'sha256'),
    );
    expect(await exchange.next('n,,n=user,r=rOprNGfwEbeRWgbNEkqO')).toEqual({
      type: 'challenge',
      data: 'r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096',
    });
    const last =
      'c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=';
    expect(await exchange.next(last)).toEqual({
      type: 'success',
      user: 'user',
      data: 'v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=',
    });
  });

  const rfc5802 = (): Promise<SaslContext> =>
    context('user', 'pencil', 'QSXCR+Q6sek8bf92', '3rfcNHYJY1ZVvWVs7j', 'sha1');

  async function refusal(exchange: SaslExchange, ...messages: string[]): Promise<string | undefined> {
    try {
      for (const message of messages) await exchange.next(message);
    } catch (error) {
      return (error as { condition?: string }).condition;
    }
    return undefined;
  }

  it.each([
    ['a wrong proof', 'c=biws,r=fyko+d2lbbFgONRv9qkxdawL3rfcNHYJY1ZVvWVs7j,p=v0X8v3Bz2T0CJGbJQyF0X+HI4TA='],
    ['another nonce', 'c=biws,r=fyko+d2lbbFgONRv9qkxdawLX,p=v0X8v3Bz2T0CJGbJQyF0X+HI4Ts='],
    ['another header', 'c=eSws,r=fyko+d2lbbFgONRv9qkxdawL3rfcNHYJY1ZVvWVs7j,p=v0X8v3Bz2T0CJGbJQyF0X+HI4Ts='],
    ['a proof of another length', 'c=biws,r=fyko+d2lbbFgONRv9qkxdawL3rfcNHYJY1ZVvWVs7j,p=AAAA'],
  ])('refuses %s', async (_, last) => {
    expect(await refusal(scram('sha1')(await rfc5802()), 'n,,n=user,r=fyko+d2lbbFgONRv9qkxdawL', last)).toBe(
      'not-authorized',
    );
  });

  it('asks somebody unknown for a proof, too, always with the same salt, and refuses it', async () => {
    const first = await scram('sha1')(await rfc5802()).next('n,,n=nobody,r=abc');
    expect(await scram('sha1')(await rfc5802()).next('n,,n=nobody,r=abc')).toEqual(first);
    const last = 'c=biws,r=abc3rfcNHYJY1ZVvWVs7j,p=v0X8v3Bz2T0CJGbJQyF0X+HI4Ts=';
    expect(await refusal(scram('sha1')(await rfc5802()), 'n,,n=nobody,r=abc', last)).toBe('not-authorized');
  });

  it.each([
    '',
    'n=user,r=x',
    'p=tls-unique,,n=user,r=x',
    'n,,n=us=er,r=x',
    'n,,m=1,n=user,r=x',
    `n,,n=user,r=${'x'.repeat(600)}`,
  ])('refuses the first message %j', async (first) => {
    expect(await refusal(scram('sha1')(await rfc5802()), first)).toBe('malformed-request');
  });
});

describe('PLAIN', () => {
  it.each([
    ['\0alice\0porthole', 'alice'],
    ['alice\0alice\0porthole', 'alice'],
    ['alice@localhost\0Alice\0porthole', 'alice'],
    ['bob\0alice\0porthole', 'invalid-authzid'],
    ['\0alice\0wrong', 'not-authorized'],
    ['\0nobody\0porthole', 'not-authorized'],
    ['\0alice', 'malformed-request'],
    ['\0alice\0\0', 'malformed-request'],
    ['\0\0porthole', 'malformed-request'],
    ['', 'malformed-request'],
  ])('answers %j with %s', async (message, outcome) => {
    const exchange = plain(await context('alice', 'porthole', '', '', 'sha1'));
    const answered = await exchange.next(message).then(
      (step) => (step.type === 'success' ? step.user : step.type),
      (error: { condition: string }) => error.condition,
    );
    expect(answered).toBe(outcome);
  });
});

describe('the mechanisms', () => {
  const names = (isSecure: boolean, isLoopback: boolean, plainOnly = false): string[] =>
    mechanismsFor({ isSecure, isLoopback }, plainOnly).map(({ name }) => name);

  it('are SCRAM everywhere, and PLAIN where nobody else can read', () => {
    expect(names(false, false)).toEqual(['SCRAM-SHA-256', 'SCRAM-SHA-1']);
    expect(names(true, false)).toEqual(['SCRAM-SHA-256', 'SCRAM-SHA-1', 'PLAIN']);
    expect(names(false, true)).toEqual(['SCRAM-SHA-256', 'SCRAM-SHA-1', 'PLAIN']);
  });

  it('are PLAIN alone in the test mode, on the loopback', () => {
    expect(names(false, true, true)).toEqual(['PLAIN']);
    expect(names(false, false, true)).toEqual([]);
  });
});
