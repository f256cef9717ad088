import { describe, expect, it } from 'vitest';
import { Jid, MAX_JID_PART_BYTES } from './jid.ts';

describe('an address', () => {
  it.each([
    ['alice@localhost', 'alice', 'localhost', ''],
    ['alice@localhost/desk', 'alice', 'localhost', 'desk'],
    ['localhost', '', 'localhost', ''],
    ['localhost/x', '', 'localhost', 'x'],
    ['ALICE@LocalHost/Desk', 'alice', 'localhost', 'Desk'],
    ['alice@localhost/a@b/c', 'alice', 'localhost', 'a@b/c'],
    ['alice@localhost./x', 'alice', 'localhost', 'x'],
    ['ＡＬＩＣＥ@localhost', 'alice', 'localhost', ''],
    ['e\u0301va@localhost', 'éva', 'localhost', ''],
    ['小明@例子.测试/书桌', '小明', '例子.测试', '书桌'],
    ['a@[::1]/x', 'a', '[::1]', 'x'],
    ['a@localhost/two\u00a0words', 'a', 'localhost', 'two words'],
    ['o.neil+x@localhost', 'o.neil+x', 'localhost', ''],
  ])('%s is read', (text, local, domain, resource) => {
    const jid = Jid.parse(text);
    expect([jid?.local, jid?.domain, jid?.resource]).toEqual([local, domain, resource]);
    expect(Jid.parse(String(jid))?.toString()).toBe(String(jid));
  });

  it.each([
    '',
    '@localhost',
    'alice@',
    'alice@localhost/',
    'al ice@localhost',
    'a"b@localhost',
    "a'b@localhost",
    'a&b@localhost',
    'a:b@localhost',
    'a<b@localhost',
    'a@b@localhost',
    'a\u200b@localhost',
    'a@local host',
    'a@-localhost',
    'a@localhost..x',
    'a@localhost/\u0007',
    `${'x'.repeat(MAX_JID_PART_BYTES + 1)}@localhost`,
    `a@localhost/${'é'.repeat(MAX_JID_PART_BYTES / 2 + 1)}`,
  ])('%j is none', (text) => {
    expect(Jid.parse(text)).toBeNull();
  });

  it('has as many octets in each part as RFC 7622 lets it, and no more', () => {
    expect(Jid.parse(`${'x'.repeat(MAX_JID_PART_BYTES)}@localhost`)).not.toBeNull();
  });

  it('is bare, or somewhere', () => {
    const jid = Jid.parse('alice@localhost/desk');
    expect([jid?.bare, jid?.isBare, String(jid?.toBare()), String(jid?.at('phone'))]).toEqual([
      'alice@localhost',
      false,
      'alice@localhost',
      'alice@localhost/phone',
    ]);
  });
});
