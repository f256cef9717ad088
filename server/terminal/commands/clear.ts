import type { Command } from '../command.ts';

/** `clear`. */
export const clear: Command = {
  name: 'clear',
  summary: 'clear the screen',
  usage: 'Usage: clear\nClears the screen and what has scrolled off it. Ctrl-L clears the screen only.',
  manual: `NAME
    clear - clear the terminal screen

SYNOPSIS
    clear

DESCRIPTION
    Clears the screen and what has scrolled off it. Ctrl-L at the prompt
    clears the screen and keeps what has scrolled off.

WHAT DIFFERS FROM THE REAL ONE
    It has no options.`,
  run({ output }) {
    output.clear();
    return 0;
  },
};
