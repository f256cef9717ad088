/** The telnet client: https://www.rfc-editor.org/rfc/rfc854. */
import type { Program } from '../command.ts';
import { ProgramError, sentenceOf } from '../errors.ts';
import { createMailbox } from '../mailbox.ts';
import { ConnectError, openTcp } from '../net/connect.ts';
import { createInputReader, type InputReader, type PeerEnd } from '../net/conversation.ts';
import { permitted, portOf, resolve, type Target } from '../net/target.ts';
import { readOptions } from '../options.ts';
import { COOKED } from '../tty.ts';
import { openTelnetConnection, type TelnetConnection } from './telnet-connection.ts';
import { ESCAPE_NAME, ESCAPE_OCTET, isAbbreviation, SENDABLE, SENDABLE_HELP, SESSION_HELP } from './telnet-prompt.ts';

const DEFAULT_PORT = '23';
const SPEC = { flags: '46' };

/** What may happen to a connection. */
type Happening =
  | { readonly type: 'typed'; readonly octets: Uint8Array | null }
  | { readonly type: 'ended'; readonly end: PeerEnd };

/** What ended a connection. */
type Ending = 'peer' | 'closed' | 'quit';

/** What follows a command of the prompt: the connection, the prompt once more, or nothing. */
type Next = 'connection' | 'prompt' | 'quit';

class Telnet {
  readonly #program: Program;
  readonly #family: 0 | 4 | 6;
  #connection: TelnetConnection | null = null;
  readonly #input: InputReader;

  constructor(program: Program, family: 0 | 4 | 6) {
    this.#program = program;
    this.#family = family;
    this.#input = createInputReader(program.input);
  }

  /** Without a host: the prompt, until it is left. */
  async interactive(): Promise<number> {
    while ((await this.#command()) !== 'quit') {
      if (this.#connection === null) continue;
      if ((await this.#converse(this.#connection)) === 'quit') break;
    }
    return 0;
  }

  async withHost(host: string, port: string): Promise<number> {
    if (!(await this.#open(host, port)) || this.#connection === null) return 1;
    await this.#converse(this.#connection);
    return 0;
  }

  async #open(host: string, portWord: string): Promise<boolean> {
    const port = portOf(portWord);
    const addresses = await resolve(this.#program, host, this.#family);
    const targets = permitted(this.#program, host, addresses, port);
    for (const [index, target] of targets.entries()) {
      if (await this.#try(target, index === targets.length - 1)) return true;
    }
    return false;
  }

  async #try(target: Target, isLast: boolean): Promise<boolean> {
    const { output, errors } = this.#program;
    output.line(`Trying ${target.address}...`);
    try {
      this.#connection = openTelnetConnection(this.#program, await openTcp(this.#program, target));
    } catch (error) {
      if (!(error instanceof ConnectError)) throw error;
      const what = isLast ? 'Unable to connect to remote host' : `connect to address ${target.address}`;
      errors.line(`telnet: ${what}: ${sentenceOf(error.code)}`);
      return false;
    }
    this.#connection.begin();
    output.line(`Connected to ${target.host}.`, 'good');
    output.line(`Escape character is '${ESCAPE_NAME}'.`);
    return true;
  }

  /** Carries a connection until it ends. */
  async #converse(connection: TelnetConnection): Promise<Ending> {
    const box = createMailbox<Happening>();
    void connection.ended.then((end) => box.post({ type: 'ended', end }));
    let ending: Ending | null = null;
    while (ending === null) {
      void this.#input.next().then((octets) => box.post({ type: 'typed', octets }));
      const happening = await box.next();
      if (happening.type === 'ended') ending = await this.#endedByPeer(connection, happening.end);
      else ending = await this.#typed(connection, happening.octets);
    }
    this.#connection = null;
    this.#program.tty?.setMode(COOKED);
    return ending;
  }

  async #endedByPeer(connection: TelnetConnection, end: PeerEnd): Promise<Ending> {
    this.#program.output.line('Connection closed by foreign host.');
    if (end !== 'end') this.#program.output.line(`[${sentenceOf(end)} (${end})]`, 'dim');
    await connection.close();
    return 'peer';
  }

  async #typed(connection: TelnetConnection, octets: Uint8Array | null): Promise<Ending | null> {
    await this.#input.take();
    if (octets === null) return this.#endOfInput(connection);
    const escapeAt = this.#program.tty === null ? -1 : octets.indexOf(ESCAPE_OCTET);
    await connection.send(escapeAt < 0 ? octets : octets.subarray(0, escapeAt));
    return escapeAt < 0 ? null : this.#escaped(connection);
  }

  /** Ctrl-D at the keyboard is the octet that it is; behind a pipe it is the end. */
  async #endOfInput(connection: TelnetConnection): Promise<Ending | null> {
    if (this.#program.tty !== null) {
      await connection.send(Uint8Array.of(4));
      return null;
    }
    await connection.finish();
    return this.#endedByPeer(connection, await connection.ended);
  }

  async #escaped(connection: TelnetConnection): Promise<Ending | null> {
    connection.hold(true);
    this.#program.tty?.setMode(COOKED);
    this.#program.output.print('\n');
    let next: Next = 'prompt';
    while (next === 'prompt') next = await this.#command();
    if (this.#connection !== connection) return next === 'quit' ? 'quit' : 'closed';
    connection.hold(false);
    return null;
  }

  /** One command of the telnet> prompt. As with the real one, what only says something, or fails, stays there. */
  async #command(): Promise<Next> {
    this.#program.output.print('telnet> ');
    const octets = await this.#input.take();
    if (octets === null) return this.#quit();
    const words = Buffer.from(octets).toString('utf8').trim().split(/\s+/u);
    const [name = '', ...args] = words;
    if (name === '') return 'connection';
    if (name === '?' || isAbbreviation(name, 'help')) return this.#say(SESSION_HELP);
    if (isAbbreviation(name, 'quit') || isAbbreviation(name, 'exit')) return this.#quit();
    if (isAbbreviation(name, 'close')) return this.#closeByHand();
    if (isAbbreviation(name, 'open')) return this.#openByHand(args);
    if (isAbbreviation(name, 'status', 2)) return this.#status();
    if (isAbbreviation(name, 'send', 2)) return this.#send(args);
    return this.#say(name === 's' ? '?Ambiguous command' : '?Invalid command');
  }

  #say(text: string): 'prompt' {
    this.#program.output.line(text);
    return 'prompt';
  }

  async #quit(): Promise<'quit'> {
    if (this.#connection !== null) await this.#closeByHand();
    return 'quit';
  }

  async #closeByHand(): Promise<Next> {
    const connection = this.#connection;
    if (connection === null) return this.#say('?Need to be connected first.');
    this.#connection = null;
    await connection.close();
    this.#say('Connection closed.');
    return 'connection';
  }

  async #openByHand([host, port = DEFAULT_PORT]: readonly string[]): Promise<Next> {
    if (this.#connection !== null) return this.#say(`?Already connected to ${this.#connection.host}`);
    if (host === undefined) return this.#say('usage: open host-name [port]');
    try {
      await this.#open(host, port);
    } catch (error) {
      if (!(error instanceof ProgramError)) throw error;
      this.#say(`telnet: ${error.message}`);
    }
    return 'connection';
  }

  #status(): Next {
    const connection = this.#connection;
    if (connection === null) this.#say('No connection.');
    else this.#say([`Connected to ${connection.host}.`, ...connection.modeLines()].join('\n'));
    this.#say(`Escape character is '${ESCAPE_NAME}'.`);
    return 'connection';
  }

  async #send([what = '?']: readonly string[]): Promise<Next> {
    if (what === '?') return this.#say(SENDABLE_HELP);
    if (this.#connection === null) return this.#say('?Need to be connected first.');
    const sendable = SENDABLE[what];
    if (sendable === undefined) return this.#say(`Unknown send argument '${what}'\n'send ?' for help.`);
    await this.#connection.sendRaw(sendable.octets);
    return 'connection';
  }
}

/** Runs `telnet` with its words; gives the exit code. */
export function runTelnet(program: Program): Promise<number> {
  const options = readOptions(program.args, SPEC);
  const [host, port = DEFAULT_PORT] = options.operands;
  if (options.operands.length > 2) throw new ProgramError('too many words. Usage: telnet [-4] [-6] [HOST [PORT]]');
  const family = options.has('4') ? 4 : options.has('6') ? 6 : 0;
  const telnet = new Telnet(program, family);
  return host === undefined ? telnet.interactive() : telnet.withHost(host, port);
}
