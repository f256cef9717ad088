import { describe, expect, it } from 'vitest';
import { reverseName } from '../dig/reverse.ts';
import type { RecordType, TerminalEffects } from '../effects.ts';
import { createFakeEffects } from '../testing/fake-effects.ts';
import { setStage } from '../testing/stage.ts';

const { terminal } = setStage({ effects: effects() });

const RECORDS: Readonly<Partial<Record<RecordType, readonly string[]>>> = {
  MX: ['10 mail.example.org.'],
  PTR: ['localhost.'],
};

const failing = (code: string) => Object.assign(new Error(code), { code });

/** Effects whose DNS knows the records above of every name but `nobody.example`. */
function effects(): TerminalEffects {
  const fake = createFakeEffects();
  fake.names.set('two.example', ['::1', '127.0.0.1']);
  return {
    ...fake,
    lookup: (name, family) =>
      name === 'nobody.example' ? Promise.reject(failing('ENOTFOUND')) : fake.lookup(name, family),
    records: async (name, type) => {
      const found = name === 'nobody.example' ? undefined : RECORDS[type];
      if (!found) throw failing(name === 'nobody.example' ? 'ENOTFOUND' : 'ENODATA');
      return found;
    },
  };
}

describe('dig', () => {
  it('asks the system for addresses, in the order that programs try them', async () => {
    const shell = await terminal();
    expect(await shell.run('dig two.example')).toMatch(
      /^;; QUESTION: two\.example\. \(addresses\)\ntwo\.example\.\s+AAAA\s+::1\ntwo\.example\.\s+A\s+127\.0\.0\.1\n;; 2 from the system/,
    );
    expect(await shell.run('dig +short two.example')).toBe('::1\n127.0.0.1\n');
  });

  it('asks DNS for records of a type, and for the names of an address', async () => {
    const shell = await terminal();
    expect(await shell.run('dig example.org mx')).toMatch(
      /example\.org\.\s+MX\s+10 mail\.example\.org\.\n;; 1 from the DNS servers/,
    );
    expect(await shell.run('dig -x 127.0.0.1')).toMatch(/1\.0\.0\.127\.in-addr\.arpa\.\s+PTR\s+localhost\./);
  });

  it.each([
    ['dig nobody.example', 'there is no such name (ENOTFOUND)'],
    ['dig example.org TXT', 'the name is there, and has no TXT (ENODATA)'],
    ['dig example.org ANY', 'the types known here are A AAAA'],
    ['dig -x localhost', '-x takes an address, not localhost'],
    ['dig', 'say one name'],
    ['dig +trace a', '+trace is not known here'],
    [`dig ${'a'.repeat(256)}`, 'at most 255 characters'],
  ])('%s says: %s', async (line, sentence) => {
    expect(await (await terminal()).run(line)).toContain(sentence);
  });
});

it('turns an address into the name that DNS keeps it under', () => {
  expect(reverseName('192.0.2.7')).toBe('7.2.0.192.in-addr.arpa');
  expect(reverseName('2001:db8::1')).toBe(`1.${'0.'.repeat(23)}8.b.d.0.1.0.0.2.ip6.arpa`);
  expect(reverseName('::ffff:127.0.0.1')).toBe(`1.0.0.0.0.0.f.7.f.f.f.f.${'0.'.repeat(20)}ip6.arpa`);
});
