import type { Command } from '../command.ts';
import { unescaped } from '../escapes.ts';

const OPTION = /^-[neE]+$/;

interface EchoRequest {
  readonly newline: boolean;
  readonly escapes: boolean;
  readonly words: readonly string[];
}

function read(args: readonly string[]): EchoRequest {
  const first = args.findIndex((word) => !OPTION.test(word));
  const options = args.slice(0, first < 0 ? args.length : first).join('');
  return {
    newline: !options.includes('n'),
    escapes: options.lastIndexOf('e') > options.lastIndexOf('E'),
    words: first < 0 ? [] : args.slice(first),
  };
}

/** `echo [-neE] [word…]`, as bash has it. */
export const echo: Command = {
  name: 'echo',
  summary: 'print words, or hand them to nc through a pipe',
  usage: `Usage: echo [-neE] [WORD...]
  -n  no line feed at the end
  -e  take backslash escapes: \\n \\r \\t \\xHH \\0OOO \\uHHHH
  -E  take them as they are (the default)`,
  manual: `NAME
    echo - print words

SYNOPSIS
    echo [-neE] [word...]

DESCRIPTION
    Prints the words, one blank between them, and a line feed. With -e
    backslash escapes in them are replaced, as printf does. $? is the exit
    code of the last command.

EXAMPLES
    echo hello | nc -N localhost 7007
    echo $?

WHAT DIFFERS FROM THE REAL ONE
    It is bash's. On the screen, control characters are made visible; through
    a pipe they go as they are.`,
  run({ args, output }) {
    const { newline, escapes, words } = read(args);
    const text = words.join(' ');
    const { octets, ended } = escapes ? unescaped(text) : { octets: Buffer.from(text, 'utf8'), ended: false };
    const out = output.octets();
    out.write(octets);
    if (newline && !ended) out.write(Buffer.from('\n'));
    out.end();
    return 0;
  },
};
