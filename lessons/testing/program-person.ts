import { Program } from '../../server/demos/testing/program.ts';
import type { Person } from './people.ts';

/** How a real client is started, and how it is told to hang up. */
export interface ClientProgram {
  readonly name: string;
  readonly args: (host: string, port: number) => readonly string[];
  /** What it prints once it is connected; absent where it prints nothing. */
  readonly connected?: string;
  readonly hangUp: (program: Program) => Promise<unknown>;
}

/** The clients that lessons are followed with, besides the page's own. */
export const CLIENT_PROGRAMS: readonly ClientProgram[] = [
  {
    name: 'telnet',
    args: (host, port) => [host, String(port)],
    connected: 'Escape character',
    hangUp: (program) => program.endInput().result(),
  },
  {
    name: 'nc',
    args: (host, port) => [host, String(port)],
    hangUp: (program) => program.stop(),
  },
  {
    name: 'ncat',
    args: (host, port) => [host, String(port)],
    hangUp: (program) => program.stop(),
  },
  {
    name: 'socat',
    args: (host, port) => ['-', `TCP4:${host}:${port}`],
    hangUp: (program) => program.endInput().result(),
  },
];

/** One with a real client in a terminal of their own. */
export async function programPerson(client: ClientProgram): Promise<Person> {
  let program: Program | null = null;
  const running = () => {
    if (!program) throw new Error('not connected');
    return program;
  };
  return {
    async connect(host, port) {
      program = Program.start(client.name, client.args(host, port));
      if (client.connected) await program.prints(client.connected);
    },
    async say(text) {
      running().type(`${text}\n`);
    },
    async hear(text) {
      await running().prints(text);
    },
    async hangUp() {
      await client.hangUp(running());
    },
    async close() {
      await program?.stop();
    },
  };
}
