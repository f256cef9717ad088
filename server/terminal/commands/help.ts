import type { DemoAddress } from '#protocol/demos.ts';
import type { Command, Program } from '../command.ts';
import { withPort } from '../net/address.ts';

/** Demos by id: the addresses of each transport. */
function demoLines(demos: readonly DemoAddress[]): string[] {
  const byDemo = new Map<string, string[]>();
  for (const { id, transport, host, port } of demos) {
    const name = `${id} ${transport.toUpperCase()}`;
    byDemo.set(name, [...(byDemo.get(name) ?? []), withPort(host, port)]);
  }
  const width = Math.max(0, ...Array.from(byDemo.keys(), (name) => name.length));
  return Array.from(byDemo, ([name, places]) => `  ${name.padEnd(width)}  ${places.join('  ')}`);
}

function overview({ shell, host, output }: Program): void {
  const width = Math.max(...shell.commands.map(({ name }) => name.length));
  output.line(`Porthole ${host.version}. What this shell can run:\n`);
  for (const { name, summary } of shell.commands) output.line(`  ${name.padEnd(width)}  ${summary}`);
  output.line('\nman NAME says more, NAME --help less. Tab completes, Up brings back, Ctrl-C ends.');
  const lines = demoLines(host.demos());
  if (lines.length > 0) output.line(`\nDemos that listen now:\n\n${lines.join('\n')}`);
}

/** `help [name]`. */
export const help: Command = {
  name: 'help',
  summary: 'list commands and demos',
  usage: 'Usage: help [NAME]\nLists the commands and the demos that listen, or says how NAME is used.',
  manual: `NAME
    help - list commands and demos

SYNOPSIS
    help [name]

DESCRIPTION
    Lists the commands of this shell, and the demos that listen now with their
    real addresses and ports. With a name, prints how that command is used.

WHAT DIFFERS FROM THE REAL ONE
    bash's help is about bash's own commands.`,
  completesNames: true,
  run(program) {
    const [name] = program.args;
    const command = program.shell.commands.find((candidate) => candidate.name === name);
    if (name === undefined) overview(program);
    else if (command !== undefined) program.output.line(command.usage);
    else program.errors.line(`help: no help on ${name}. Type help for the commands there are.`);
    return name === undefined || command !== undefined ? 0 : 1;
  },
};
