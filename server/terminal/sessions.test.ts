import { Socket as UdpSocket } from 'node:dgram';
import { Server, Socket } from 'node:net';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MAX_TERMINALS } from '#protocol/limits.ts';
import type { TerminalMessage } from '#protocol/terminal-messages.ts';
import { CONTRACT_VERSION } from '#protocol/version.ts';
import { SESSION_GRACE_MS } from './limits.ts';
import { PROMPT, plain } from './testing/driver.ts';
import { closedPort, startServer } from './testing/servers.ts';
import { sessionStarter } from './testing/session-starter.ts';
import { Tab } from './testing/tab.ts';

/** Every socket of this process that is open. Node has no public way to tell one from another. */
function sockets(): unknown[] {
  const active: unknown[] = Reflect.apply(Reflect.get(process, '_getActiveHandles'), process, []);
  return active.filter((one) => one instanceof Server || one instanceof Socket || one instanceof UdpSocket);
}

const { start, open } = sessionStarter();

/** A tab whose nc is connected to a server; by default one that ends when its client does. */
async function connectedTab(serve = (socket: Socket): void => void socket.on('end', () => socket.end())) {
  const server = await startServer(serve);
  open.unshift(server);
  const { sessions, effects } = start();
  const tab = new Tab(sessions);
  tab.enter(`nc -v 127.0.0.1 ${server.port}`);
  await tab.until(() => tab.output.includes('succeeded'));
  return { server, sessions, effects, tab };
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

  it('answer a ping, also where no terminal is open yet', () => {
    const { sessions } = start();
    const messages: TerminalMessage[] = [];
    const attachment = sessions.attach({ send: (message) => messages.push(message), bufferedBytes: 0 });
    attachment.receive({ type: 'ping' });
    expect(messages).toEqual([{ type: 'pong' }]);
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
    const { server, sessions, effects, tab } = await connectedTab();
    tab.attachment.lost();
    effects.advance(SESSION_GRACE_MS - 1);
    expect(server.ends).toEqual([]);
    effects.advance(1);
    await server.closed();
    expect(new Tab(sessions, { session: tab.session, received: 0 }).opened).toMatchObject({ resumed: false });
    expect(effects.pending).toBe(1);
  });

  it('close what they have opened at once when the learner closes the terminal', async () => {
    const { server, sessions, tab } = await connectedTab();
    tab.attachment.receive({ type: 'close' });
    tab.attachment.lost();
    await server.closed();
    expect(new Tab(sessions, { session: tab.session, received: 0 }).opened).toMatchObject({
      resumed: false,
      number: 1,
    });
  });

  it('keep a program running while a tab is away for less than that', async () => {
    const { server, sessions, effects, tab } = await connectedTab(() => undefined);
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
    const { server, sessions, effects } = await connectedTab();
    sessions.close();
    await server.closed();
    sessions.close();
    expect(effects.pending).toBe(0);
  });

  it.each(['close', 'grace'])('leave no handle behind (%s)', async (how) => {
    const server = await startServer((socket) => socket.on('end', () => socket.end()));
    open.unshift(server);
    const before = new Set(sockets());
    // Other files of this worker may have left some, which end when they like.
    const handles = () => sockets().filter((one) => !before.has(one));
    const { sessions, effects } = start();
    const lines = [
      'telnet 127.0.0.1 PORT',
      'nc 127.0.0.1 PORT',
      'nc -lk4 CLOSED',
      'nc -lu4 CLOSED',
      'nc -u 127.0.0.1 PORT',
    ];
    const tabs: Tab[] = [];
    for (const line of [...lines, 'send 127.0.0.1 PORT a --delay 60000 b']) {
      const tab = new Tab(sessions);
      tab.enter(line.replace('PORT', String(server.port)).replace('CLOSED', String(await closedPort())));
      tabs.push(tab);
    }
    await expect.poll(() => handles().length).toBe(2 * 3 + 3);
    if (how === 'close') sessions.close();
    for (const tab of tabs) tab.attachment.lost();
    effects.advance(SESSION_GRACE_MS);
    await expect.poll(() => handles().length).toBe(0);
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
