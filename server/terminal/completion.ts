import type { Command } from './command.ts';
import type { Completion, Completions } from './editor/completions.ts';
import type { TerminalHost } from './host.ts';

/** The words before the cursor's, and the beginning of the cursor's own word. */
function divide(before: string): { words: string[]; started: string } {
  const command = before.slice(before.lastIndexOf('|') + 1).trimStart();
  const pieces = command.split(/\s+/u);
  return { words: pieces.slice(0, -1), started: pieces.at(-1) ?? '' };
}

/** What Tab offers for a line up to the cursor: command names first, then whatever the command knows. */
export function complete(before: string, commands: readonly Command[], host: TerminalHost): Completions {
  const { words, started } = divide(before);
  const [name, ...others] = words;
  const command = commands.find((candidate) => candidate.name === name);
  const names = commands.map((candidate) => ({ text: candidate.name, note: candidate.summary, whole: true }));
  const offered =
    name === undefined || command?.completesNames === true ? names : (command?.complete?.(others, host) ?? []);
  const candidates = offered.filter((candidate) => candidate.text.startsWith(started));
  return { replaces: started.length, candidates };
}

/** Names of this machine that a client can connect to. */
export const LOCAL_NAMES: readonly Completion[] = [
  { text: 'localhost', note: 'this machine, by name', whole: true },
  { text: '127.0.0.1', note: 'this machine, IPv4', whole: true },
  { text: '::1', note: 'this machine, IPv6', whole: true },
];

/** Ports of the demos that speak `transport`, each once. */
export function demoPorts(host: TerminalHost, transport: 'tcp' | 'udp'): readonly Completion[] {
  const ports = new Map<number, string>();
  for (const demo of host.demos()) {
    if (demo.transport === transport) ports.set(demo.port, demo.id);
  }
  return [...ports].map(([port, id]) => ({ text: String(port), note: id, whole: true }));
}

/** Options that a command offers: letter and what it does. */
export function optionCompletions(options: Readonly<Record<string, string>>): readonly Completion[] {
  return Object.entries(options).map(([text, note]) => ({ text, note, whole: true }));
}
