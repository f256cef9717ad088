import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { MAX_TERMINALS } from '#protocol/limits.ts';
import type { TerminalMessage, TerminalRequest } from '#protocol/terminal-messages.ts';
import { terminalMessageSchema } from '#protocol/terminal-messages.ts';
import { CONTRACT_VERSION } from '#protocol/version.ts';
import {
  DETACHED_HIGH_WATER_CHARS,
  OUTPUT_HARD_LIMIT_BYTES,
  OUTPUT_HIGH_WATER_BYTES,
  SESSION_GRACE_MS,
} from './limits.ts';
import { createTerminalSessions, type TerminalAttachment, type TerminalSessions } from './sessions.ts';
import { PROMPT, plain } from './testing/driver.ts';
import { createFakeEffects, type FakeEffects } from './testing/fake-effects.ts';
import { createFakeHost, type FakeHost } from './testing/fake-host.ts';
import { startServer, type TestServer } from './testing/servers.ts';

const PATIENCE_MS = 5_000;

/** A browser tab: keeps what it got, and can lose its connection. */
class Tab {
  readonly messages: TerminalMessage[] = [];
  readonly attachment: TerminalAttachment;
  bufferedBytes = 0;
  output = '';
  #changed: () => void = () => undefined;
  #alive = true;

  constructor(sessions: TerminalSessions, open: Partial<Extract<TerminalRequest, { type: 'open' }>> = {}) {
    this.output = '';
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
    this.#changed();
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

  until(condition: () => boolean): Promise<void> {
    return new Promise((resolve, reject) => {
      const patience = setTimeout(
        () => reject(new Error(`waited in vain; output: ${this.output.slice(-300)}`)),
        PATIENCE_MS,
      );
      this.#changed = () => {
        if (!condition()) return;
        clearTimeout(patience);
        resolve();
      };
      this.#changed();
    });
  }

  untilPrompts(count: number): Promise<void> {
    return this.until(() => plain(this.output).split(PROMPT).length > count);
  }
}

const open: { close(): unknown }[] = [];
afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});

function start(): { sessions: TerminalSessions; effects: FakeEffects; host: FakeHost } {
  const effects = createFakeEffects();
  const host = createFakeHost();
  const sessions = createTerminalSessions(host, effects);
  open.unshift(sessions);
  return { sessions, effects, host };
}

/** A server that sends until nobody takes any more, and says how much that was. */
async function flood(): Promise<TestServer & { written(): number }> {
  let written = 0;
  const piece = Buffer.alloc(64 * 1024, 'x');
  const server = await startServer((socket) => {
    const push = () => {
      while (!socket.destroyed && socket.write(piece)) written += piece.length;
    };
    socket.on('drain', push);
    push();
  });
  open.unshift(server);
  return { ...server, written: () => written };
}

describe('terminal sessions', () => {
  it('number terminals from the lowest free number', async () => {
    const { sessions } = start();
    const tabs = [new Tab(sessions), new Tab(sessions), new Tab(sessions)];
    tabs[1]?.enter('exit');
    await tabs[1]?.until(() => tabs[1]?.messages.at(-1)?.type === 'exited');
    const numbers = [...tabs, new Tab(sessions)].map((tab) => (tab.opened?.type === 'opened' ? tab.opened.number : 0));
    expect(numbers).toEqual([1, 2, 3, 2]);
  });

  it('greet and show a prompt', () => {
    const { sessions } = start();
    expect(plain(new Tab(sessions).output)).toBe(
      `Type help to see what you can run. Every byte goes through a real socket.\n${PROMPT}`,
    );
  });

  it('ask a tab of another version to reload', () => {
    const { sessions } = start();
    const tab = new Tab(sessions, { version: CONTRACT_VERSION + 1 });
    expect(tab.messages).toEqual([{ type: 'reload', version: CONTRACT_VERSION }]);
  });

  it('are at most MAX_TERMINALS, and say so', () => {
    const { sessions } = start();
    for (let count = 0; count < MAX_TERMINALS; count += 1) new Tab(sessions);
    const [message] = new Tab(sessions).messages;
    expect(message).toMatchObject({ type: 'error', code: 'too-many-terminals' });
  });

  it('give the place of a terminal that nobody uses any more to a new one', () => {
    const { sessions } = start();
    const tabs = Array.from({ length: MAX_TERMINALS }, () => new Tab(sessions));
    tabs[4]?.attachment.lost();
    expect(new Tab(sessions).opened).toMatchObject({ number: 5 });
  });

  it('answer requests out of order', () => {
    const { sessions } = start();
    const messages: TerminalMessage[] = [];
    const attachment = sessions.attach({ send: (message) => messages.push(message), bufferedBytes: 0 });
    attachment.receive({ type: 'input', data: 'x' });
    expect(messages).toMatchObject([{ type: 'error', code: 'not-open' }]);
    const tab = new Tab(sessions);
    tab.attachment.receive({ type: 'open', version: CONTRACT_VERSION, columns: 80, rows: 24 });
    expect(tab.messages.at(-1)).toMatchObject({ type: 'error', code: 'already-open' });
  });

  it('say what runs, and that it has ended', async () => {
    const { sessions } = start();
    const tab = new Tab(sessions);
    tab.enter('echo hello');
    await tab.untilPrompts(2);
    expect(tab.messages.filter((message) => message.type === 'running')).toEqual([
      { type: 'running', command: null },
      { type: 'running', command: 'echo' },
      { type: 'running', command: null },
    ]);
  });

  it('go on where a tab left off', async () => {
    const { sessions } = start();
    const tab = new Tab(sessions);
    tab.enter('echo one');
    await tab.untilPrompts(2);
    tab.attachment.lost();
    const back = new Tab(sessions, { session: tab.session, received: tab.output.length });
    expect(back.opened).toMatchObject({ session: tab.session, resumed: true, number: 1 });
    expect(back.output).toBe('');
    back.enter('echo two');
    await back.until(() => plain(back.output).endsWith(`two\n${PROMPT}`));
  });

  it('show everything again to a tab that has nothing', async () => {
    const { sessions } = start();
    const tab = new Tab(sessions);
    tab.enter('echo one');
    await tab.untilPrompts(2);
    tab.attachment.lost();
    expect(new Tab(sessions, { session: tab.session, received: 0 }).output).toBe(tab.output);
  });

  it('begin anew for a session that is not there', () => {
    const { sessions } = start();
    const tab = new Tab(sessions, { session: 'gone', received: 500 });
    expect(tab.opened).toMatchObject({ resumed: false });
    expect(plain(tab.output)).toContain(PROMPT);
  });

  it('tell a tab whose terminal another one takes over, and hear it no more', async () => {
    const { sessions } = start();
    const tab = new Tab(sessions);
    const thief = new Tab(sessions, { session: tab.session, received: 0 });
    expect(tab.messages.at(-1)).toMatchObject({ type: 'error', code: 'taken-over' });
    tab.enter('echo from the old tab');
    tab.attachment.lost();
    thief.enter('echo from the new tab');
    await thief.until(() => plain(thief.output).endsWith(`from the new tab\n${PROMPT}`));
    expect(thief.output).not.toContain('old tab');
  });

  it('close what they have opened when a lost tab does not come back in time', async () => {
    const server = await startServer((socket) => socket.on('end', () => socket.end()));
    open.unshift(server);
    const { sessions, effects } = start();
    const tab = new Tab(sessions);
    tab.enter(`nc -v 127.0.0.1 ${server.port}`);
    await tab.until(() => tab.output.includes('succeeded'));
    tab.attachment.lost();
    effects.advance(SESSION_GRACE_MS - 1);
    expect(server.ends).toEqual([]);
    effects.advance(1);
    await server.closed();
    expect(new Tab(sessions, { session: tab.session, received: 0 }).opened).toMatchObject({ resumed: false });
    expect(effects.pending).toBe(1);
  });

  it('keep a program running while a tab is away for less than that', async () => {
    const server = await startServer(() => undefined);
    open.unshift(server);
    const { sessions, effects } = start();
    const tab = new Tab(sessions);
    tab.enter(`nc -v 127.0.0.1 ${server.port}`);
    await tab.until(() => tab.output.includes('succeeded'));
    tab.attachment.lost();
    server.sockets[0]?.write('while you were away\n');
    effects.advance(SESSION_GRACE_MS - 1);
    const back = new Tab(sessions, { session: tab.session, received: tab.output.length });
    expect(back.messages[1]).toEqual({ type: 'running', command: 'nc' });
    await back.until(() => back.output.includes('while you were away'));
    effects.advance(SESSION_GRACE_MS);
    expect(server.ends).toEqual([]);
  });

  it('close everything when they are closed', async () => {
    const server = await startServer((socket) => socket.on('end', () => socket.end()));
    open.unshift(server);
    const { sessions, effects } = start();
    const tab = new Tab(sessions);
    tab.enter(`nc -v 127.0.0.1 ${server.port}`);
    await tab.until(() => tab.output.includes('succeeded'));
    sessions.close();
    await server.closed();
    sessions.close();
    expect(effects.pending).toBe(0);
  });

  it('lose and repeat nothing however often the connection breaks, whatever was under way', async () => {
    const keys = fc.constantFrom('echo a', '\r', '你', '\u001b[A', '\u007f', 'help\r', '\u0003');
    const step = fc.oneof({ weight: 3, arbitrary: keys }, { weight: 1, arbitrary: fc.constant(null) });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 30 }), async (steps) => {
        const { sessions } = start();
        let tab = new Tab(sessions);
        let before = '';
        for (const typed of steps) {
          if (typed !== null) {
            tab.attachment.receive({ type: 'input', data: typed });
            await Promise.resolve();
            continue;
          }
          tab.cut();
          tab.attachment.receive({ type: 'input', data: 'on its way when it broke\r' });
          await Promise.resolve();
          tab.attachment.lost();
          before += tab.output;
          tab = new Tab(sessions, { session: tab.session, received: before.length });
        }
        tab.attachment.receive({ type: 'input', data: '\u0003' });
        tab.enter('echo the"" end');
        await tab.until(() => plain(tab.output).endsWith(`the end\n${PROMPT}`));
        const whole = new Tab(sessions, { session: tab.session, received: 0 });
        expect(before + tab.output).toBe(whole.output);
        sessions.close();
      }),
      { numRuns: 40 },
    );
  });
});

describe('a program that is faster than its tab', () => {
  /** A terminal with nc connected to a flood. */
  async function flooded() {
    const server = await flood();
    const started = start();
    const tab = new Tab(started.sessions);
    tab.enter(`nc 127.0.0.1 ${server.port}`);
    return { server, tab, ...started };
  }

  /** Waits until a number has stopped growing: the kernel's buffers are full. */
  async function settled(value: () => number): Promise<number> {
    for (let last = -1; last !== value(); ) {
      last = value();
      for (let turn = 0; turn < 50; turn += 1) await new Promise((resolve) => setImmediate(resolve));
    }
    return value();
  }

  it('is paused while the WebSocket holds more than the bound, and goes on when it has drained', async () => {
    const { server, tab } = await flooded();
    await tab.until(() => tab.output.includes('xxx'));
    tab.bufferedBytes = OUTPUT_HIGH_WATER_BYTES + 1;
    const output = await settled(() => tab.output.length);
    const written = await settled(server.written);
    expect(tab.output.length).toBe(output);
    tab.bufferedBytes = 0;
    tab.attachment.drained();
    await tab.until(() => tab.output.length > output);
    expect(server.written()).toBeGreaterThanOrEqual(written);
  });

  it('is paused while nobody is there, and its output fits what is kept', async () => {
    const { tab, sessions } = await flooded();
    await tab.until(() => tab.output.includes('xxx'));
    tab.bufferedBytes = OUTPUT_HIGH_WATER_BYTES + 1;
    await settled(() => tab.output.length);
    tab.cut();
    tab.attachment.lost();
    tab.attachment.drained();
    await settled(() => tab.output.length);
    const back = new Tab(sessions, { session: tab.session, received: tab.output.length });
    expect(back.output).not.toContain('left out');
    expect(back.output.length).toBeLessThan(DETACHED_HIGH_WATER_CHARS * 2);
  });

  it('waits for the next second when it has filled this one, however fast the tab takes it', async () => {
    const { tab, effects } = await flooded();
    const output = await settled(() => tab.output.length);
    effects.advance(1_000);
    await tab.until(() => tab.output.length > output);
  });

  it('can be ended while it is paused', async () => {
    const { server, tab } = await flooded();
    await tab.until(() => tab.output.includes('xxx'));
    tab.bufferedBytes = OUTPUT_HIGH_WATER_BYTES + 1;
    await settled(() => tab.output.length);
    tab.attachment.receive({ type: 'input', data: '\u0003' });
    await server.closed();
    await tab.untilPrompts(2);
  });

  it('has its output cut at the hard bound, and says how much', async () => {
    const { sessions } = start();
    const tab = new Tab(sessions);
    tab.bufferedBytes = OUTPUT_HARD_LIMIT_BYTES + 1;
    const before = tab.output;
    tab.enter('echo never shown');
    await tab.until(() => tab.messages.filter((message) => message.type === 'running').length === 3);
    expect(tab.output).toBe(before);
    tab.bufferedBytes = 0;
    tab.attachment.drained();
    expect(plain(tab.output.slice(before.length))).toMatch(/^\n\[\d+ characters of output were left out: the page/);
    tab.enter('echo shown');
    await tab.until(() => plain(tab.output).endsWith(`shown\n${PROMPT}`));
  });
});
