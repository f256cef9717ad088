import type { Command } from '../command.ts';

/** `man name`. */
export const man: Command = {
  name: 'man',
  summary: 'show the manual of a command',
  usage: 'Usage: man NAME\nShows the manual page of a command of this shell.',
  manual: `NAME
    man - show the manual of a command

SYNOPSIS
    man name

DESCRIPTION
    Shows the manual page of a command of this shell, with what differs from
    the real command of that name.

WHAT DIFFERS FROM THE REAL ONE
    There is no pager: scroll back instead. There are no sections.`,
  completesNames: true,
  run({ args: [name], shell, output, errors }) {
    if (name === undefined) {
      errors.line('What manual page do you want?\nFor example, try "man nc".');
      return 1;
    }
    const command = shell.commands.find((candidate) => candidate.name === name);
    if (command === undefined) {
      errors.line(`No manual entry for ${name}. This shell has manuals for its own commands: type help for a list.`);
      return 16;
    }
    output.line(command.manual);
    return 0;
  },
};
