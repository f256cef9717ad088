import type { Command } from '../command.ts';
import { ProgramError } from '../errors.ts';

/** Exit codes are one octet (POSIX XCU 2.15 "exit"). */
const CODE_MASK = 0xff;

/** `exit [code]`. */
export const exit: Command = {
  name: 'exit',
  summary: 'end this terminal',
  usage: 'Usage: exit [CODE]\nEnds this terminal. Ctrl-D on an empty line does the same.',
  manual: `NAME
    exit - end the shell

SYNOPSIS
    exit [code]

DESCRIPTION
    Ends the shell of this terminal with the exit code given, or that of the
    last command. Ctrl-D on an empty line does the same.

WHAT DIFFERS FROM THE REAL ONE
    Nothing.`,
  run({ args: [code], shell }) {
    if (code !== undefined && !/^-?\d+$/.test(code)) throw new ProgramError(`${code}: numeric argument required`, 2);
    const status = code === undefined ? shell.status : Number(code) & CODE_MASK;
    shell.exit(status);
    return status;
  },
};
