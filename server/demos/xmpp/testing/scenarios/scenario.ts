/** Runs a scenario, a program of its own that prints `ok …` for each of its steps. */
import { fileURLToPath } from 'node:url';
import { Program } from '../../../testing/program.ts';

/** What a scenario printed as done; throws with all that it printed when it failed. */
export async function stepsOf(file: string, args: readonly string[], command = [PYTHON]): Promise<string[]> {
  const path = fileURLToPath(new URL(file, import.meta.url));
  const [program = '', ...before] = command;
  const { code, stdout, stderr } = await Program.run(program, [...before, path, ...args]);
  if (code !== 0) throw new Error(`${file} ended with ${code}:\n${stdout.toString()}${stderr}`);
  return stdout
    .toString()
    .split('\n')
    .filter((line) => line.startsWith('ok '))
    .map((line) => line.slice('ok '.length));
}

/** Debian's own Python: its packages of slixmpp and aioxmpp are for this one. */
const PYTHON = '/usr/bin/python3';
