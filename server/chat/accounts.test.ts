import { createHmac, pbkdf2Sync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { Accounts, DEMO_PASSWORD } from './accounts.ts';
import { MAX_ACCOUNTS } from './limits.ts';
import { deriveVerifier, SCRAM_ITERATIONS } from './verifier.ts';

const accounts = (): Accounts => new Accounts((bytes) => Buffer.alloc(bytes, 1));

describe('accounts', () => {
  it('are there for alice, bob and carol, with a password that is no secret', async () => {
    const all = accounts();
    expect(all.names()).toEqual(['alice', 'bob', 'carol']);
    expect(await all.accepts('alice', DEMO_PASSWORD)).toBe(true);
    expect(await all.accepts('alice', 'Porthole')).toBe(false);
    expect(await all.accepts('mallory', DEMO_PASSWORD)).toBe(false);
  });

  it('can be made, once, under the key of the name', async () => {
    const all = accounts();
    expect(await all.register(' Dora ', 'pass word')).toEqual({ name: 'dora' });
    expect(await all.register('DORA', 'another')).toEqual({ refused: 'name-taken' });
    expect(await all.accepts('dora', 'pass word')).toBe(true);
  });

  it('are made once when two ask at the same time', async () => {
    const all = accounts();
    const outcomes = await Promise.all([all.register('dora', 'a'), all.register('dora', 'b')]);
    expect(outcomes.filter((one) => 'name' in one)).toHaveLength(1);
    expect(outcomes).toContainEqual({ refused: 'name-taken' });
  });

  it.each(['', 'two words', 'a@b', 'a/b', '<a>', "o'neil", '\u202edora', 'x'.repeat(65)])(
    'can’t be called %j',
    async (name) => {
      expect(await accounts().register(name, 'secret')).toEqual({ refused: 'bad-name' });
    },
  );

  it.each(['', 'x'.repeat(257), 'a\u0000b'])('can’t have the password %j', async (password) => {
    expect(await accounts().register('dora', password)).toEqual({ refused: 'bad-password' });
  });

  it('have a bound', async () => {
    const all = accounts();
    for (let count = 3; count < MAX_ACCOUNTS; count += 1) all.ensure(`u${count}`);
    expect(all.ensure('late')).toBe(false);
    expect(await all.register('late', 'secret')).toEqual({ refused: 'too-many-accounts' });
  });

  it('can change their password', async () => {
    const all = accounts();
    expect(await all.setPassword('bob', 'new')).toBe(true);
    expect(await all.accepts('bob', 'new')).toBe(true);
    expect(await all.accepts('bob', DEMO_PASSWORD)).toBe(false);
    expect(await all.setPassword('nobody', 'new')).toBe(false);
  });

  it('that no password opens let nobody in', async () => {
    const all = accounts();
    expect(all.ensure('guest')).toBe(true);
    expect(await all.accepts('guest', '')).toBe(false);
    expect(await all.verifier('guest', 'sha1')).toBeNull();
  });
});

describe('a verifier', () => {
  it.each([
    // The salts and the password «pencil» of the examples in RFC 5802 §5 and RFC 7677 §3.
    ['sha1', 'QSXCR+Q6sek8bf92', 20],
    ['sha256', 'W22ZaJ0SNY7soEsUEjb6gQ==', 32],
  ] as const)('of %s is what the RFC says', async (hash, salt, length) => {
    const octets = Buffer.from(salt, 'base64');
    const made = await deriveVerifier('pencil', octets, hash);
    const salted = pbkdf2Sync('pencil', octets, SCRAM_ITERATIONS, length, hash);
    expect(made?.serverKey).toEqual(createHmac(hash, salted).update('Server Key').digest());
    const authMessage = AUTH_MESSAGES[hash];
    const signature = createHmac(hash, made?.serverKey ?? '')
      .update(authMessage.text)
      .digest('base64');
    expect(signature).toBe(authMessage.signature);
  });

  it('takes passwords that look the same for the same (RFC 4013 §3)', async () => {
    const salt = Buffer.from('salt');
    const plain = await deriveVerifier('IX', salt, 'sha256');
    expect(await deriveVerifier('I\u00adX', salt, 'sha256')).toEqual(plain);
    expect(await deriveVerifier('\u2168', salt, 'sha256')).toEqual(plain);
  });
});

/** What both sides said in the examples of RFC 5802 §5 and RFC 7677 §3, and the server's signature there. */
const AUTH_MESSAGES = {
  sha1: {
    text: 'n=user,r=fyko+d2lbbFgONRv9qkxdawL,r=fyko+d2lbbFgONRv9qkxdawL3rfcNHYJY1ZVvWVs7j,s=QSXCR+Q6sek8bf92,i=4096,c=biws,r=fyko+d2lbbFgONRv9qkxdawL3rfcNHYJY1ZVvWVs7j',
    signature: 'rmF9pqV8S7suAoZWja4dJRkFsKQ=',
  },
  sha256: {
    text: 'n=user,r=rOprNGfwEbeRWgbNEkqO,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096,c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0',
    signature: '6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=',
  },
} as const;
