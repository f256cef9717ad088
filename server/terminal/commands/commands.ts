import type { Command } from '../command.ts';
import { clear } from './clear.ts';
import { dig } from './dig.ts';
import { echo } from './echo.ts';
import { exit } from './exit.ts';
import { help } from './help.ts';
import { history } from './history.ts';
import { http } from './http.ts';
import { ip } from './ip.ts';
import { man } from './man.ts';
import { nc } from './nc.ts';
import { printf } from './printf.ts';
import { send } from './send.ts';
import { ss } from './ss.ts';
import { tcpdump } from './tcpdump.ts';
import { telnet } from './telnet.ts';
import { tls } from './tls.ts';

/** Every command of the shell, in the order of `help`: what talks, what looks, what belongs to the shell. */
export const COMMANDS: readonly Command[] = [
  telnet,
  nc,
  send,
  http,
  tls,
  ss,
  tcpdump,
  ip,
  dig,
  echo,
  printf,
  man,
  help,
  history,
  clear,
  exit,
].map(withHelp);

/** `--help` prints the usage, in every command alike. */
function withHelp(command: Command): Command {
  return {
    ...command,
    run(program) {
      // As in the real ones, echo and printf print it if more follows or precedes.
      if (program.args.length !== 1 || program.args[0] !== '--help') return command.run(program);
      program.output.line(command.usage);
      return 0;
    },
  };
}
