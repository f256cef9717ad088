import { connect, type Socket } from 'node:net';
import type { Locator, Page } from 'playwright-core';
import { expect, it, onTestFinished } from 'vitest';
import { Program } from '../../server/demos/testing/program.ts';
import { openPage } from '../testing/open-page.ts';

const task = (page: Page, id: string): Locator => page.locator(`[data-task="${id}"]`);
const isDone = (page: Page, id: string) => page.locator(`[data-task="${id}"][data-status="done"]`).waitFor();

/** Opens lesson 1 and waits until it watches the wire. */
async function openLesson1() {
  const opened = await openPage({ path: '/lessons/sockets' });
  await opened.page.locator('[data-testid="waiting"][data-watching="true"]').first().waitFor();
  return opened;
}

/** A real client in a terminal of the learner's own, ended with the test. */
function start(name: string, port: number): Program {
  const program = Program.start(name, ['127.0.0.1', String(port)]);
  onTestFinished(() => program.stop());
  return program;
}

it('lesson 1 is done with telnet and nc in the learner’s own terminal', async () => {
  const { page, server } = await openLesson1();
  const { port } = server.demo('echo');
  const telnet = start('telnet', port);
  await isDone(page, 'connect');
  telnet.type('ahoy\n');
  await isDone(page, 'talk');
  expect(await task(page, 'talk').textContent()).toContain('ahoy\\r\\n');
  const nc = start('nc', port);
  await isDone(page, 'second');
  expect(await page.locator('[data-predict="what-differs"]').textContent()).toContain('what happened');
  await nc.stop();
  await isDone(page, 'hang-up');
  telnet.type('still here\n');
  await telnet.prints('still here');
});

it('near misses say what was seen instead', async () => {
  const { page, server } = await openLesson1();
  const to = (id: string): Socket => {
    const { host, port } = server.demo(id);
    const socket = connect({ host, port });
    onTestFinished(() => void socket.destroy());
    return socket;
  };
  to('chat-lines');
  const { port: chat } = server.demo('chat-lines');
  const { port: echo } = server.demo('echo');
  await page.locator('[data-hint="another-demo"]').getByText(`You reached chat-lines, on port ${chat}.`).waitFor();
  expect(await page.locator('[data-hint="another-demo"]').textContent()).toContain(`Echo is on port ${echo}.`);

  const socket = to('echo');
  await isDone(page, 'connect');
  await page.locator('[data-hint="nothing-typed"]').getByText(`Connected from 127.0.0.1:${socket.localPort}`).waitFor();
  socket.destroy();
  await page.locator('[data-hint="nobody-connected"]').waitFor();
  expect(await page.locator('[data-task][data-status="done"]').count()).toBe(1);
});

it('a refusal is a near miss that only the terminal of the page can see', async () => {
  const { page } = await openLesson1();
  await page.locator('.xterm-helper-textarea').focus();
  await page.keyboard.type('telnet localhost 1');
  await page.keyboard.press('Enter');
  const hint = page.locator('[data-hint="refused"]');
  await hint.getByText('ECONNREFUSED').waitFor();
  expect(await page.locator('[data-task][data-status="done"]').count()).toBe(0);
});
