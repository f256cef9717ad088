import { createSocket } from 'node:dgram';
import type { Socket } from 'node:net';
import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { axe } from '../testing/axe.ts';
import { type BuiltServer, startBuiltServer } from '../testing/built-server.ts';
import { openPage, PHONE } from '../testing/open-page.ts';
import { screenshot } from '../testing/screenshot.ts';
import { client, exchange } from '../testing/tcp-client.ts';

const listbox = (page: Page) => page.getByRole('listbox');
const options = (page: Page) => listbox(page).getByRole('option');
const tab = (page: Page, index: 0 | 1 | 2 | 3) =>
  page
    .getByRole('tablist', { name: /Views of the conversation|会话的各种视图/ })
    .getByRole('tab')
    .nth(index);

let shared: BuiltServer;
beforeAll(async () => {
  shared = await startBuiltServer();
});
afterAll(() => shared.stop());

/** The conversation shown is the newest, so it does not matter what earlier tests have left in the journal. */
const open = (more: Parameters<typeof openPage>[0] = {}) => openPage({ server: shared, path: '/playground', ...more });

describe('the ladder', () => {
  it('shows a conversation from its opening to its end, each event with its own shape and word', async () => {
    const { page, server } = await open();
    const socket = await client(server, 'echo');
    await exchange(socket, 'hello\n');
    socket.end();
    await options(page).filter({ hasText: 'closed both directions' }).waitFor();
    const kinds = await options(page).evaluateAll((rows) =>
      rows.map((row) => `${row.getAttribute('data-kind')} ${row.getAttribute('data-direction')}`),
    );
    expect(kinds).toEqual([
      'opened to-server',
      'data to-server',
      'data to-client',
      'half-closed to-server',
      'half-closed to-client',
      'closed none',
    ]);
    expect(await options(page).nth(1).textContent()).toContain('6 bytes “hello\\n”');
    expect(await options(page).nth(3).textContent()).toContain('CLOSE-WAIT');
  });

  it('is gone through by arrow keys, and what is selected there is selected in the bytes', async () => {
    const { page, server } = await open();
    const socket = await client(server, 'echo');
    await exchange(socket, 'one');
    await exchange(socket, 'two');
    await expect.poll(() => options(page).count()).toBe(5);
    await listbox(page).focus();
    await page.keyboard.press('End');
    await page.keyboard.press('ArrowUp');
    expect(await page.getByRole('option', { selected: true }).textContent()).toContain('“two”');
    expect(await page.getByRole('region', { name: 'The selected event' }).textContent()).toContain('client → server');
    await page.keyboard.press('Home');
    expect(await page.getByRole('option', { selected: true }).textContent()).toContain('opened');
    await page.keyboard.press('ArrowDown');
    await tab(page, 1).click();
    expect(await page.locator('[aria-pressed="true"]', { hasText: 'client → server' }).textContent()).toContain(
      '3 bytes',
    );
  });

  it('says the same as a table', async () => {
    const { page, server } = await open();
    const socket = await client(server, 'echo');
    await exchange(socket, 'hi\r\n');
    await options(page).nth(2).waitFor();
    await page.getByRole('button', { name: 'Show as: Table' }).click();
    const table = page.getByRole('table', { name: /in time order/ });
    // By what it says: a silence, however short the test would have it, has a row of its own.
    const sent = table.getByRole('row', { name: /client → server data/ });
    await sent.waitFor();
    const cells = await sent.getByRole('cell').allTextContents();
    expect(cells.slice(1)).toEqual([
      'client → server',
      'data',
      '4',
      '“hi\\r\\n”',
      'ESTABLISHED derived',
      'ESTABLISHED observed',
      'observed',
    ]);
    await table.getByRole('row', { name: /^now ESTABLISHED ESTABLISHED kernel/ }).waitFor();
  });

  it('shows that a datagram has had no answer, until it has', async () => {
    const { page, server } = await open();
    const socket = createSocket('udp4');
    onTestFinished(() => {
      socket.close();
    });
    socket.send('into the void', server.demo('discard', 'udp').port, '127.0.0.1');
    await options(page).filter({ hasText: 'into the void' }).filter({ hasText: 'no answer' }).waitFor();
    await page.getByRole('button', { name: 'Show as: Table' }).click();
    await page.getByRole('cell', { name: 'datagram no answer' }).waitFor();
    await page.getByRole('button', { name: 'Show as: Ladder' }).click();
    socket.send('ping', server.demo('echo', 'udp').port, '127.0.0.1');
    await options(page).filter({ hasText: 'ping' }).nth(1).waitFor();
    expect(await options(page).filter({ hasText: 'no answer' }).count()).toBe(0);
  });

  it('stays at the newest event until scrolled up, and comes back to it when asked', async () => {
    const { page, server } = await open();
    const socket = await client(server, 'echo');
    for (let i = 0; i < 40; i += 1) await exchange(socket, `message ${i}`);
    await options(page).filter({ hasText: 'message 39' }).last().waitFor();
    const box = listbox(page).locator('xpath=..');
    const atEnd = () => box.evaluate((each) => each.scrollHeight - each.scrollTop - each.clientHeight < 2);
    await expect.poll(atEnd).toBe(true);
    await box.hover();
    await page.mouse.wheel(0, -600);
    const newest = page.getByRole('button', { name: 'Go to the newest event and stay with it' });
    await newest.waitFor();
    await exchange(socket, 'while away');
    expect(await atEnd()).toBe(false);
    await newest.click();
    await options(page).filter({ hasText: 'while away' }).last().waitFor();
    await expect.poll(atEnd).toBe(true);
  });

  it('loses nothing by filtering, pausing and clearing', async () => {
    const { page, server } = await open();
    const socket = await client(server, 'echo');
    await exchange(socket, 'apple');
    await exchange(socket, 'pear');
    await expect.poll(() => options(page).count()).toBe(5);

    await page.getByRole('button', { name: 'Filter' }).click();
    await page.getByLabel('Text in the payload').fill('APP');
    await expect.poll(() => options(page).count()).toBe(3);
    await page.getByText('2 events hidden by the filter').waitFor();
    await page.getByRole('button', { name: 'Show everything' }).click();
    await expect.poll(() => options(page).count()).toBe(5);

    await page.getByRole('button', { name: /^Pause this view/ }).click();
    await exchange(socket, 'plum');
    await page.getByText('2 newer events wait.').waitFor();
    expect(await options(page).count()).toBe(5);
    await page.getByRole('button', { name: 'Go on' }).first().click();
    await expect.poll(() => options(page).count()).toBe(7);

    await page.getByRole('button', { name: /^Clear this view/ }).click();
    await expect.poll(() => options(page).count()).toBe(0);
    await page.getByRole('button', { name: 'Show them again' }).press('Enter');
    await expect.poll(() => options(page).count()).toBe(7);
    // What was pressed is gone; the keyboard has not left the workbench.
    await page.getByRole('region', { name: 'Workbench' }).locator(':focus').waitFor();
  });
});

describe('the filter', () => {
  it('finds a text behind what comes along with an event, and follows only the demo that it names', async () => {
    const { page, server } = await open();
    const socket = await client(server, 'discard');
    await page.getByText(`client :${socket.localPort}`).waitFor();
    await page.getByRole('button', { name: 'Filter' }).click();
    await page.getByLabel('Demo', { exact: true }).selectOption('discard');
    await exchange(await client(server, 'echo'), 'elsewhere');
    socket.write(`${'-'.repeat(2_000)}Needle`);
    await options(page).filter({ hasText: '2006 bytes' }).waitFor();
    await page.getByLabel('Text in the payload').fill('hay');
    await page.getByText('1 event hidden by the filter').waitFor();
    await page.getByLabel('Text in the payload').fill('needle');
    await options(page).filter({ hasText: '2006 bytes' }).waitFor();
    await page.getByLabel('Demo', { exact: true }).selectOption('tls');
    await page.getByText('No conversation fits the filter').first().waitFor();
    await page.getByRole('button', { name: 'Show everything' }).click();
    await options(page).filter({ hasText: 'elsewhere' }).first().waitFor();
  });
});

describe('the bytes', () => {
  it('show a character split over two chunks as belonging to both, and control octets by name', async () => {
    const { page, server } = await open();
    const socket = await client(server, 'discard');
    const bytes = Buffer.from('你\u001b\r\n');
    // Two writes may arrive as one read: the second waits until the first is on the page.
    socket.write(bytes.subarray(0, 2));
    await options(page).filter({ hasText: '2 bytes' }).waitFor();
    socket.write(bytes.subarray(2));
    await options(page).filter({ hasText: '4 bytes' }).waitFor();
    await tab(page, 1).click();
    const split = page.locator('[data-split="true"]', { hasText: '你' });
    await expect.poll(() => split.count()).toBe(2);
    const control = page.locator('[data-kind="control"][title*="U+"]');
    expect(await control.allTextContents()).toEqual(expect.arrayContaining(['ESC', 'CR', 'LF']));
    // Octets that a font joins into one sign would look like one.
    expect(await control.first().evaluate((each) => getComputedStyle(each).fontVariantLigatures)).toBe('none');
  });

  it('fetch what was recorded beyond the preview, and copy all of it', async () => {
    const { page, server } = await open();
    const socket = await client(server, 'discard');
    socket.write(`${'x'.repeat(2_013)}END`);
    await options(page).filter({ hasText: '2016 bytes' }).waitFor();
    await tab(page, 1).click();
    await page.getByText('xxxEND').waitFor();
    await page.getByRole('button', { name: 'Copy', exact: true }).last().click();
    await page.getByRole('menuitem', { name: 'Copy as text' }).click();
    await page.getByText('2.0\u202fKiB copied.').waitFor();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toMatch(/^x{2013}END$/);
  });
});

/** The rows that the table shows of a connection. */
function rowsOf(table: Locator, { localPort }: Socket): Locator {
  return table.getByRole('row').filter({ hasText: `127.0.0.1:${localPort}` });
}

/** Ends a connection that is listed, and waits until no end of it is open any more; answers what its rows say then. */
async function endListed(table: Locator, socket: Socket): Promise<string[]> {
  const rows = rowsOf(table, socket);
  await expect.poll(() => rows.count()).toBe(2);
  socket.end();
  const isOver = (texts: readonly string[]) => texts.every((text) => text.includes('TIME-WAIT'));
  await expect.poll(() => rows.allTextContents()).toSatisfy(isOver);
  return rows.allTextContents();
}

describe('the sockets', () => {
  it('list the kernel’s rows of both ends; one selects its conversation', async () => {
    const { page, server } = await open();
    const first = await client(server, 'echo');
    await client(server, 'discard');
    await tab(page, 3).click();
    const table = page.getByRole('table', { name: /operating system’s sockets/ });
    const row = rowsOf(table, first);
    await expect.poll(() => row.count()).toBe(2);
    expect(await row.first().textContent()).toContain('ESTABLISHED');
    await row.first().getByRole('button').click();
    await tab(page, 0).click();
    await page.getByText(`client :${first.localPort}`).waitFor();
    await tab(page, 3).click();
    // The kernel may forget it early: a late segment that finds the server's end gone is answered with an RST (RFC 1337 §2).
    let states = await endListed(table, first);
    for (let tries = 1; states.length === 0 && tries < 5; tries += 1)
      states = await endListed(table, await client(server, 'echo'));
    expect(states).toEqual([expect.stringContaining('TIME-WAIT')]);
  });
});

describe('the workbench', () => {
  it('teaches what to type while nothing has happened, and runs it', async () => {
    const { page, server } = await openPage({ path: '/playground' });
    await page.getByText('Nothing has happened on the wire yet').waitFor();
    expect(await options(page).count()).toBe(0);
    await page
      .getByTestId('workbench')
      .getByRole('button', { name: `Run telnet localhost ${server.demo('echo').port} in the terminal` })
      .click();
    await options(page).filter({ hasText: 'the connection was accepted' }).waitFor();
  });

  it.each([
    { theme: 'dark', language: 'en' },
    { theme: 'light', language: 'zh-CN' },
  ] as const)('gives axe nothing to say: $theme, $language', async ({ theme, language }) => {
    const { page, server } = await open({ theme, language });
    const socket = await client(server, 'echo');
    await exchange(socket, 'hello 你好\u001b\n');
    await options(page).nth(2).click();
    await axe(page);
    await screenshot(page, `workbench-ladder-${theme}-${language}`);
    await tab(page, 1).click();
    await page.locator('[data-kind="control"]').first().waitFor();
    await axe(page);
    await screenshot(page, `workbench-bytes-${theme}-${language}`);
    await tab(page, 3).click();
    await page
      .getByRole('cell', { name: /^LISTEN/ })
      .first()
      .waitFor();
    await axe(page);
    await screenshot(page, `workbench-sockets-${theme}-${language}`);
  });

  it('fits a phone', async () => {
    const { page, server } = await open({ viewport: PHONE });
    await page.getByRole('button', { name: 'Workbench and terminal' }).click();
    const socket = await client(server, 'echo');
    await exchange(socket, 'hello');
    await options(page).nth(2).waitFor();
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(overflow).toBeLessThanOrEqual(0);
    await axe(page);
    await screenshot(page, 'workbench-phone');
  });
});
