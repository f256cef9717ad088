import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MAX_PIPELINE_COMMANDS, MAX_WORDS } from './limits.ts';
import { parseLine } from './words.ts';

function words(line: string, status = 0): readonly (readonly string[])[] | string {
  const parsed = parseLine(line, status);
  return parsed.ok ? parsed.commands : parsed.code;
}

describe('a command line', () => {
  it.each([
    ['', []],
    ['   \t ', []],
    ['# only a comment', []],
    ['telnet localhost 7007', [['telnet', 'localhost', '7007']]],
    ['  nc   -v  ::1   7007 ', [['nc', '-v', '::1', '7007']]],
    ["echo 'a  b' c", [['echo', 'a  b', 'c']]],
    ['echo "a  b"', [['echo', 'a  b']]],
    ["echo ''", [['echo', '']]],
    ['echo ""', [['echo', '']]],
    ['echo a\'b\'"c"d', [['echo', 'abcd']]],
    ['echo a\\ b', [['echo', 'a b']]],
    ["echo '\\n'", [['echo', '\\n']]],
    ['echo "\\n\\"\\\\"', [['echo', '\\n"\\']]],
    ['echo 你好 😀', [['echo', '你好', '😀']]],
    ['echo a#b # c', [['echo', 'a#b']]],
    ['echo "|"', [['echo', '|']]],
    ['echo \\|', [['echo', '|']]],
    ['echo $', [['echo', '$']]],
    [
      'echo hi|nc localhost 7007',
      [
        ['echo', 'hi'],
        ['nc', 'localhost', '7007'],
      ],
    ],
  ])('%j has the words %j', (line, expected) => {
    expect(words(line)).toEqual(expected);
  });

  it('has $? replaced, in double quotes too, not in single quotes', () => {
    expect(words('echo $? "$?" \'$?\'', 130)).toEqual([['echo', '130', '130', '$?']]);
  });

  it.each([
    ["echo 'a", 'unclosed-quote'],
    ['echo "a', 'unclosed-quote'],
    ['echo "a\\"', 'unclosed-quote'],
    ['echo a\\', 'lone-backslash'],
    ['echo a > b', 'no-redirection'],
    ['nc < file', 'no-redirection'],
    ['echo a; echo b', 'no-lists'],
    ['echo a && echo b', 'no-lists'],
    ['echo a || echo b', 'no-lists'],
    ['nc -l 9000 &', 'no-background'],
    ['echo $HOME', 'no-variables'],
    ['echo "$HOME"', 'no-variables'],
    ['echo $(date)', 'no-substitution'],
    ['echo `date`', 'no-substitution'],
    ['| nc', 'empty-command'],
    ['echo |', 'empty-command'],
    ['echo a | | nc', 'empty-command'],
    [`echo${' a'.repeat(MAX_WORDS)}`, 'too-many-words'],
    [`echo${' | echo'.repeat(MAX_PIPELINE_COMMANDS)}`, 'too-many-commands'],
  ])('%j is answered with %s', (line, code) => {
    expect(words(line)).toBe(code);
  });

  it('gives back any words that were quoted', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'grapheme' }), { minLength: 1, maxLength: 8 }), (given) => {
        const line = given.map((word) => `'${word.replaceAll("'", "'\\''")}'`).join(' ');
        expect(words(line)).toEqual([given]);
      }),
    );
  });

  it('never throws', () => {
    const anyText = fc.array(fc.nat(0xffff)).map((units) => String.fromCharCode(...units));
    fc.assert(fc.property(anyText, (line) => typeof parseLine(line, 0).ok === 'boolean'));
  });
});
