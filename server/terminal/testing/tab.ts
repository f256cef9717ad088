import { type TerminalMessage, type TerminalRequest, terminalMessageSchema } from '#protocol/terminal-messages.ts';
import { CONTRACT_VERSION } from '#protocol/version.ts';
import type { TerminalAttachment, TerminalSessions } from '../sessions.ts';
import { PROMPT, plain } from './driver.ts';
import { createLookout } from './lookout.ts';

/** How long a wait may take before the test fails, in milliseconds. */
const PATIENCE_MS = 5_000;

/** A browser tab: keeps what it got, and can lose its connection. */
export class Tab {
  readonly messages: TerminalMessage[] = [];
  readonly attachment: TerminalAttachment;
  bufferedBytes = 0;
  output = '';
  readonly #lookout = createLookout(PATIENCE_MS);
  #alive = true;

  constructor(sessions: TerminalSessions, open: Partial<Extract<TerminalRequest, { type: 'open' }>> = {}) {
    const tab = this;
    this.attachment = sessions.attach({
      send: (message) => this.#take(message),
      get bufferedBytes() {
        return tab.bufferedBytes;
      },
    });
    this.attachment.receive({ type: 'open', version: CONTRACT_VERSION, columns: 80, rows: 24, ...open });
  }

  #take(message: TerminalMessage): void {
    if (!this.#alive) return;
    this.messages.push(terminalMessageSchema.parse(message));
    if (message.type === 'output') this.output += message.data;
    this.#lookout.look();
  }

  get session(): string {
    const opened = this.messages.find((message) => message.type === 'opened');
    return opened?.type === 'opened' ? opened.session : '';
  }

  get opened(): TerminalMessage | undefined {
    return this.messages.find((message) => message.type === 'opened');
  }

  enter(line: string): void {
    this.attachment.receive({ type: 'input', data: `${line}\r` });
  }

  /** What comes from now on never arrives; the server learns of it later, with `lost`. */
  cut(): void {
    this.#alive = false;
  }

  async until(condition: () => boolean): Promise<void> {
    await this.#lookout.until(
      () => condition() || undefined,
      () => `waited in vain; output: ${this.output.slice(-300)}`,
    );
  }

  untilPrompts(count: number): Promise<void> {
    return this.until(() => plain(this.output).split(PROMPT).length > count);
  }
}
