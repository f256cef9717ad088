import type { TerminalMessage } from '#protocol/terminal-messages.ts';
import { CONTRACT_VERSION } from '#protocol/version.ts';
import type { TerminalEffects } from '../effects.ts';
import { createTerminalSessions, type TerminalAttachment, type TerminalSessions } from '../sessions.ts';
import { testEffects } from './fake-effects.ts';
import { createFakeHost, type FakeHost } from './fake-host.ts';

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
  let raw = '';
  let read = 0;
  let changed: () => void = () => undefined;
  const link = {
    send(message: TerminalMessage) {
      messages.push(message);
      if (message.type === 'output') raw += message.data;
      changed();
    },
    get bufferedBytes() {
      return driver.bufferedBytes;
    },
  };
  const attachment = sessions.attach(link);
  const driver: Driver = {
    ...{ host, sessions, attachment, messages, bufferedBytes: 0 },
    get text() {
      return plain(raw);
    },
    get raw() {
      return raw;
    },
    type: (data) => attachment.receive({ type: 'input', data }),
    enter: (line) => attachment.receive({ type: 'input', data: `${line}\r` }),
    until(wanted) {
      return new Promise((resolve, reject) => {
        const patience = setTimeout(() => {
          reject(new Error(`waited for ${String(wanted)}, got ${JSON.stringify(plain(raw).slice(read))}`));
        }, PATIENCE_MS);
        changed = () => {
          const text = plain(raw).slice(read);
          const [match] =
            typeof wanted === 'string' ? [text.includes(wanted) ? wanted : null] : (wanted.exec(text) ?? [null]);
          if (match === null || match === undefined) return;
          clearTimeout(patience);
          changed = () => undefined;
          const end = text.indexOf(match) + match.length;
          read += end;
          resolve(text.slice(0, end));
        };
        changed();
      });
    },
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
