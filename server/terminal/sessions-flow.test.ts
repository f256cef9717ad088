import { describe, expect, it } from 'vitest';
import { DETACHED_HIGH_WATER_CHARS, OUTPUT_HARD_LIMIT_BYTES, OUTPUT_HIGH_WATER_BYTES } from './limits.ts';
import { PROMPT, plain } from './testing/driver.ts';
import { startServer, type TestServer } from './testing/servers.ts';
import { sessionStarter } from './testing/session-starter.ts';
import { Tab } from './testing/tab.ts';

const { start, open } = sessionStarter();

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
