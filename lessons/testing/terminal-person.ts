import { once } from 'node:events';
import { stripVTControlCharacters } from 'node:util';
import WebSocket from 'ws';
import { type TerminalMessage, type TerminalRequest, terminalMessageSchema } from '#protocol/terminal-messages.ts';
import { CONTRACT_VERSION } from '#protocol/version.ts';
import type { TestPlayground } from '../../server/testing/playground.ts';
import type { Parcel, Person } from './people.ts';

/** Longest wait for the terminal to print something, in milliseconds. */
const PATIENCE_MS = 10_000;
/** How long `send` stays for answers, in seconds: datagrams have no end, a connection ends when all has been said. */
const ANSWER_WAIT_SECONDS = { udp: 0.3, tcp: 5 };
const ENTER = '\r';
/** Ctrl+]: what telnet keeps for itself. */
const ESCAPE = '\u001d';

/** One who sits at a terminal of the page: everything goes through `/ws/terminal`. */
export async function terminalPerson(playground: TestPlayground): Promise<Person> {
  const terminal = new Terminal(playground);
  await terminal.open();
  return terminal;
}

class Terminal implements Person {
  readonly #socket: WebSocket;
  #printed = '';
  #typed = '';
  #running: string | null = null;
  #isOpen = false;
  #failure: string | null = null;
  #changed: (() => void)[] = [];

  constructor(playground: TestPlayground) {
    this.#socket = new WebSocket(`${playground.url.replace(/^http/, 'ws')}/ws/terminal`);
    this.#socket.on('message', (data) => this.#receive(terminalMessageSchema.parse(JSON.parse(String(data)))));
  }

  async open(): Promise<void> {
    await once(this.#socket, 'open');
    this.#send({ type: 'open', version: CONTRACT_VERSION, columns: 80, rows: 24 });
    await this.#until('a shell', () => this.#isOpen);
  }

  async connect(host: string, port: number): Promise<void> {
    await this.run(`telnet ${host} ${port}`, 'Escape character');
  }

  async say(text: string): Promise<void> {
    this.#printed = '';
    this.#typed = text;
    this.#send({ type: 'input', data: `${text}${ENTER}` });
  }

  /** A terminal shows what is typed: what was said is heard when it stands there once more than that. */
  async hear(text: string): Promise<void> {
    const typed = this.#typed.split(text).length;
    await this.#until(text, () => this.#printed.split(text).length > typed);
  }

  async hangUp(): Promise<void> {
    this.#send({ type: 'input', data: ESCAPE });
    await this.#until('telnet>', () => this.#printed.includes('telnet>'));
    this.#send({ type: 'input', data: `quit${ENTER}` });
    await this.#until('the prompt', () => this.#running === null);
  }

  async send({ transport, host, port, pieces, pauseMs }: Parcel): Promise<void> {
    const parts = pieces.map((piece) => (piece.length === 0 ? "''" : `0x${Buffer.from(piece).toString('hex')}`));
    const flags = `-w ${ANSWER_WAIT_SECONDS[transport]}${transport === 'udp' ? ' -u' : ' -N'}`;
    await this.run(`send ${flags} ${host} ${port} ${parts.join(` --delay ${pauseMs} `)}`, 'sent ');
    await this.#until('the prompt', () => this.#running === null);
  }

  async secure(port: number, text: string, version?: '1.2' | '1.3'): Promise<void> {
    const only = version === undefined ? '' : `-v ${version} `;
    // At the beginning of a line: the command itself, which is shown first, has the text as well.
    await this.run(`printf '${text}\\n' | tls ${only}localhost ${port}`, `\n${text}`);
    await this.#until('the prompt', () => this.#running === null);
  }

  async run(command: string, until: string): Promise<void> {
    this.#printed = '';
    this.#send({ type: 'run', command });
    await this.#until(until, () => this.#printed.includes(until));
  }

  async close(): Promise<void> {
    this.#socket.terminate();
  }

  #send(request: TerminalRequest): void {
    this.#socket.send(JSON.stringify(request));
  }

  #receive(message: TerminalMessage): void {
    if (message.type === 'opened') this.#isOpen = true;
    else if (message.type === 'output') this.#printed += stripVTControlCharacters(message.data);
    else if (message.type === 'running') this.#running = message.command;
    else this.#failure = JSON.stringify(message);
    for (const changed of this.#changed.splice(0)) changed();
  }

  async #until(what: string, holds: () => boolean): Promise<void> {
    const timer = setTimeout(() => {
      this.#failure = `did not print ${JSON.stringify(what)}`;
      for (const changed of this.#changed.splice(0)) changed();
    }, PATIENCE_MS);
    while (!holds()) {
      if (this.#failure)
        throw new Error(`the terminal said ${this.#failure}; it shows ${JSON.stringify(this.#printed)}`);
      await new Promise<void>((resolve) => this.#changed.push(resolve));
    }
    clearTimeout(timer);
  }
}
