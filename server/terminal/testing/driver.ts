import type { TerminalMessage } from '#protocol/terminal-messages.ts';
import { CONTRACT_VERSION } from '#protocol/version.ts';
import type { TerminalEffects } from '../effects.ts';
import { createTerminalSessions, type TerminalAttachment, type TerminalSessions } from '../sessions.ts';
import { testEffects } from './fake-effects.ts';
import { createFakeHost, type FakeHost } from './fake-host.ts';
import { createLookout } from './lookout.ts';

/** How long `until` waits before it says what it has instead, in milliseconds. */
const PATIENCE_MS = 5_000;

/** A browser's terminal as a test drives it: types, and waits for what the shell shows. */
export interface Driver {
  readonly host: FakeHost;
  readonly sessions: TerminalSessions;
  readonly attachment: TerminalAttachment;
  readonly messages: TerminalMessage[];
  /** All output without styles and cursor movements, `\r\n` as `\n`. */
  readonly text: string;
  /** All output as it came. */
  readonly raw: string;
  /** Octets that the WebSocket claims to hold back; a test sets it. */
  bufferedBytes: number;
  type(keys: string): void;
  /** Types a line and Enter. */
  enter(line: string): void;
  /** Waits until the output after the last `until` holds `wanted`; returns that output up to its end. */
  until(wanted: string | RegExp): Promise<string>;
  /** Runs a line to the next prompt; returns what it printed. */
  run(line: string): Promise<string>;
}

const CONTROL_SEQUENCE = new RegExp(`${String.fromCharCode(27)}\\[[?\\d;]*[A-Za-z]`, 'g');

/** Output as a person reads it. */
export function plain(raw: string): string {
  return raw.replace(CONTROL_SEQUENCE, '').replaceAll('\r\n', '\n');
}

/** What the shell shows when it waits for a command. */
export const PROMPT = 'porthole:~$ ';

interface DriverOptions {
  readonly host?: FakeHost;
  readonly effects?: TerminalEffects;
  readonly sessions?: TerminalSessions;
}

/** Opens a terminal and waits for its first prompt. */
export async function openTerminal(options: DriverOptions = {}): Promise<Driver> {
  const host = options.host ?? createFakeHost();
  const sessions = options.sessions ?? createTerminalSessions(host, options.effects ?? testEffects);
  const messages: TerminalMessage[] = [];
  const screen = createScreen();
  const link = {
    send(message: TerminalMessage) {
      messages.push(message);
      if (message.type === 'output') screen.show(message.data);
    },
    get bufferedBytes() {
      return driver.bufferedBytes;
    },
  };
  const attachment = sessions.attach(link);
  const driver: Driver = {
    ...{ host, sessions, attachment, messages, bufferedBytes: 0 },
    get text() {
      return plain(screen.raw);
    },
    get raw() {
      return screen.raw;
    },
    type: (data) => attachment.receive({ type: 'input', data }),
    enter: (line) => attachment.receive({ type: 'input', data: `${line}\r` }),
    until: screen.until,
    async run(line) {
      driver.enter(line);
      const shown = await driver.until(PROMPT);
      return shown.slice(shown.indexOf('\n') + 1, -PROMPT.length);
    },
  };
  attachment.receive({ type: 'open', version: CONTRACT_VERSION, columns: 200, rows: 24 });
  await driver.until(PROMPT);
  return driver;
}

interface Screen {
  /** All output as it came. */
  readonly raw: string;
  show(output: string): void;
  readonly until: Driver['until'];
}

function createScreen(): Screen {
  const lookout = createLookout(PATIENCE_MS);
  let raw = '';
  let read = 0;
  const unread = () => plain(raw).slice(read);
  return {
    get raw() {
      return raw;
    },
    show(output) {
      raw += output;
      lookout.look();
    },
    async until(wanted) {
      const missing = () => `waited for ${String(wanted)}, got ${JSON.stringify(unread())}`;
      const text = await lookout.until(() => upTo(wanted, unread()), missing);
      read += text.length;
      return text;
    },
  };
}

/** The text up to the end of what is wanted, once it holds it. */
function upTo(wanted: string | RegExp, text: string): string | undefined {
  const match = typeof wanted === 'string' ? wanted : wanted.exec(text)?.[0];
  const at = match === undefined ? -1 : text.indexOf(match);
  return match === undefined || at < 0 ? undefined : text.slice(0, at + match.length);
}
