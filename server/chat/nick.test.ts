import { describe, expect, it } from 'vitest';
import { MAX_NICK_CHARS } from './limits.ts';
import { nickKey, nickProblem, tidyNick } from './nick.ts';

describe('a nick', () => {
  it.each([
    'bob',
    'Bob_2',
    'a',
    '7',
    '小明',
    'Ünal',
    'नीलम',
    'a.b-c',
    'x'.repeat(MAX_NICK_CHARS),
    '𝒳'.repeat(MAX_NICK_CHARS),
  ])('may be %s', (nick) => {
    expect(nickProblem(tidyNick(nick))).toBeNull();
  });

  it.each([
    ['', 'nick-empty'],
    ['x'.repeat(MAX_NICK_CHARS + 1), 'nick-too-long'],
    ['x'.repeat(100_000), 'nick-too-long'],
    ['two words', 'nick-characters'],
    ['_bob', 'nick-characters'],
    ['<bob>', 'nick-characters'],
    ['*', 'nick-characters'],
    ['bob\u001b[2J', 'nick-characters'],
    ['bob\u202e', 'nick-characters'],
    ['bob\u200d', 'nick-characters'],
    ['\u3164', 'nick-characters'],
    ['bob\ufffd', 'nick-characters'],
    ['server', 'nick-reserved'],
    ['Server', 'nick-reserved'],
    ['ＳＥＲＶＥＲ', 'nick-reserved'],
  ])('may not be %j: %s', (nick, problem) => {
    expect(nickProblem(nick)).toBe(problem);
  });

  it('loses the space and the byte order mark around it', () => {
    expect(tidyNick('\ufeff bob \r')).toBe('bob');
  });

  it.each([
    ['Bob', 'bOB'],
    ['Straße', 'STRASSE'],
    ['ΣΊΣΥΦΟΣ', 'σίσυφος'],
    ['ﬁn', 'fin'],
    ['e\u0301a', 'éa'],
  ])('%s is the same as %s', (a, b) => {
    expect(nickKey(a)).toBe(nickKey(b));
  });
});
