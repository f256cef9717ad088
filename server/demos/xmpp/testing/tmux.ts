/** A program with a full screen, in tmux. */
import { setTimeout as wait } from 'node:timers/promises';
import { Program } from '../../testing/program.ts';

/** How long something may take to be shown, in milliseconds, and how often is looked. */
const PATIENCE_MS = 15_000;
const LOOK_EVERY_MS = 50;

/** A terminal that keys are typed into and whose screen is read. */
export class Tmux {
  readonly #socket: string;

  private constructor(socket: string) {
    this.#socket = socket;
  }

  /** Starts a command, a line for the shell, in a terminal of 120 columns and 40 lines. @param name unique. */
  static async start(name: string, command: string): Promise<Tmux> {
    const tmux = new Tmux(name);
    await tmux.#run('-f', '/dev/null', 'new-session', '-d', '-x', '120', '-y', '40', command);
    return tmux;
  }

  /** Types a line and Enter. */
  async type(line: string): Promise<this> {
    await this.#run('send-keys', '-l', line);
    await this.#run('send-keys', 'Enter');
    return this;
  }

  /** Waits until the screen shows `wanted`. */
  async shows(wanted: string): Promise<this> {
    const endsMs = performance.now() + PATIENCE_MS;
    for (;;) {
      const screen = (await this.#run('capture-pane', '-p', '-J')).stdout.toString();
      if (screen.includes(wanted)) return this;
      if (performance.now() > endsMs) throw new Error(`the screen does not show ${JSON.stringify(wanted)}:\n${screen}`);
      await wait(LOOK_EVERY_MS);
    }
  }

  /** Ends it, and what runs in it. */
  async stop(): Promise<void> {
    await this.#run('kill-server');
  }

  #run(...args: string[]) {
    return Program.run('tmux', ['-L', this.#socket, ...args]);
  }
}
