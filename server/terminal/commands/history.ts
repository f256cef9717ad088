import type { Command } from '../command.ts';
import { MAX_HISTORY_LINES } from '../limits.ts';

const NUMBER_COLUMNS = 5;

/** `history`. */
export const history: Command = {
  name: 'history',
  summary: 'list the commands entered here',
  usage: 'Usage: history\nLists the commands entered in this terminal. Up and Down bring them back, Ctrl-R searches.',
  manual: `NAME
    history - list the commands entered

SYNOPSIS
    history

DESCRIPTION
    Lists the commands entered in this terminal, at most ${MAX_HISTORY_LINES}, with their
    numbers. At the prompt, Up and Down bring them back one by one, and Ctrl-R
    searches: type a part, press Ctrl-R again for an older one, Enter to run
    it, Ctrl-G to give up.

WHAT DIFFERS FROM THE REAL ONE
    It has no options, and "!" does not recall a command.`,
  run({ shell, output }) {
    for (const { number, line } of shell.history()) output.line(`${String(number).padStart(NUMBER_COLUMNS)}  ${line}`);
    return 0;
  },
};
