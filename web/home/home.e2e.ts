import { readFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { type BuiltServer, startBuiltServer } from '../testing/built-server.ts';
import { openPage, PHONE } from '../testing/open-page.ts';

let server: BuiltServer;
beforeAll(async () => {
  server = await startBuiltServer();
});
afterAll(() => server.stop());

/** Connects to a demo from outside of the page, for the length of the test. */
function connectTo(id: string) {
  const { host, port } = server.demo(id);
  const socket = connect({ host, port });
  onTestFinished(() => void socket.destroy());
  return socket;
}

/** nc speaks no TLS: there the card has a client that does. */
function commandOf(id: string, transport: 'tcp' | 'udp', port: number): string {
  if (transport === 'udp') return `nc -u 127.0.0.1 ${port}`;
  return id === 'tls' ? `openssl s_client -quiet -connect localhost:${port}` : `nc localhost ${port}`;
}

describe('the home page', () => {
  it('names every running demo with its real port, and copies the command with that port', async () => {
    const { page } = await openPage({ server });
    await page.getByRole('heading', { name: 'Running now' }).waitFor();
    await page.getByRole('radio', { name: 'nc', exact: true }).click();
    for (const { id, transport, host, port } of server.demos) {
      const card = page.locator(`article[aria-labelledby="demo-${id}"]`);
      const address = host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
      await expect.poll(() => card.textContent()).toContain(address);
      expect(await card.textContent()).toContain(commandOf(id, transport, port));
    }
    const command = `nc localhost ${server.demo('echo').port}`;
    await page
      .getByRole('article', { name: 'Echo' })
      .getByRole('button', { name: `Copy ${command}` })
      .click();
    await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe(command);
  });

  it('shows what a client outside of the page does, as it happens', async () => {
    const { page } = await openPage({ server });
    await page.getByText('On the wire, right now').waitFor();
    const word = `seen-${server.pid}`;
    connectTo('echo').write(`${word}\n`);
    const feed = page.getByRole('list', { name: 'The newest wire events, newest last' });
    await expect.poll(() => feed.textContent()).toContain(`to echo${word}\\n`);
    await expect.poll(() => feed.textContent()).toContain(`from echo${word}\\n`);
  });

  it('saves progress as a file, takes it in, and leaves everything as it is when a file is none', async () => {
    const { page, at } = await openPage({ server });
    const file = {
      name: 'progress.json',
      mimeType: 'application/json',
      buffer: Buffer.from(
        JSON.stringify({ version: 1, lessons: { udp: { steps: { boundaries: 5 }, answers: {}, updatedMs: 5 } } }),
      ),
    };
    const input = page.locator('label:has-text("Load progress") input');
    await input.setInputFiles(file);
    await page.getByText('Progress of 1 lesson or challenge loaded.').waitFor();
    await expect.poll(() => page.locator('[data-lesson="udp"]').textContent()).toContain('Go on');
    await input.setInputFiles({ ...file, buffer: Buffer.from('{"version":1,"lessons":{"<b>":{}}}') });
    await page.getByText('This is no progress file of Porthole.').waitFor();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Save progress' }).click(),
    ]);
    const saved = JSON.parse(await readFile(await download.path(), 'utf8'));
    expect(saved.lessons.udp.steps).toEqual({ boundaries: 5 });
    await page.request.put(at('/api/progress'), {
      data: { version: 1, lessons: { udp: { steps: {}, answers: {}, updatedMs: Date.now() } } },
    });
  });

  it('says what this machine can show', async () => {
    const { page, at } = await openPage({ server });
    const machine = await (await page.request.get(at('/api/machine'))).json();
    const panel = page.getByRole('region', { name: 'What this machine can show' });
    await expect.poll(() => panel.textContent()).toContain(`Porthole ${machine.version} on ${machine.platform}`);
    const found = Object.keys(machine.tools).filter((tool) => machine.tools[tool]);
    expect(await panel.textContent()).toContain(`Found: ${found.join(', ')}.`);
  });

  it('leads to the first lesson', async () => {
    const { page } = await openPage({ server });
    await page.getByRole('link', { name: 'Start with lesson 1' }).click();
    await expect.poll(() => new URL(page.url()).pathname).toBe('/lessons/sockets');
  });
});

describe('the page', () => {
  it('switches its language, keeps it, and stays as it is while the words of another cannot be fetched', async () => {
    const { page, problems } = await openPage({ server });
    problems.tolerate(/ERR_FAILED/);
    const heading = page.getByRole('heading', { level: 1 });
    await heading.getByText('A window on your own network').waitFor();
    await page.route(/\/assets\/words-.*-zh-CN/, (route) => route.abort());
    await page.getByRole('button', { name: /Switch to Chinese/ }).click();
    await page.getByText('The Chinese words could not be fetched.').waitFor();
    expect(await heading.textContent()).toBe('A window on your own network');
    await page.unroute(/\/assets\/words-.*-zh-CN/);
    await page.getByRole('button', { name: /Switch to Chinese/ }).click();
    await heading.getByText('看清你自己机器上的网络').waitFor();
    expect(await page.getByText('The Chinese words could not be fetched.').count()).toBe(0);
    expect(await page.getAttribute('html', 'lang')).toBe('zh-CN');
    await page.reload();
    await heading.getByText('看清你自己机器上的网络').waitFor();
  });

  it('speaks the browser’s language from the start', async () => {
    const { page } = await openPage({ server, language: 'zh-CN' });
    await page.getByRole('heading', { level: 1, name: '看清你自己机器上的网络' }).waitFor();
  });

  it('has the chosen theme before its own script has run', async () => {
    const { page, problems } = await openPage({ server, theme: 'dark' });
    problems.tolerate(/ERR_FAILED/);
    await page.getByRole('button', { name: 'Theme' }).click();
    await page.getByRole('menuitemradio', { name: 'Light' }).click();
    await expect.poll(() => page.getAttribute('html', 'data-theme')).toBe('light');
    await page.route(/\/assets\/.*\.js/, (route) => route.abort());
    await page.reload();
    expect(await page.getAttribute('html', 'data-theme')).toBe('light');
    expect(await page.locator('#root').textContent()).toBe('');
  });

  it('says what an unknown address is, and leads home', async () => {
    const { page } = await openPage({ server, path: '/nowhere' });
    await page.getByRole('heading', { name: 'Nothing listens here' }).waitFor();
    await page.getByRole('link', { name: 'Go home' }).click();
    await page.getByRole('heading', { level: 1, name: 'A window on your own network' }).waitFor();
  });

  it('says what to do when a file of the page cannot be loaded', async () => {
    const { page, problems } = await openPage({ server });
    problems.tolerate(/ERR_FAILED|dynamically imported module|preload/);
    await page.route(/\/assets\/LessonPage/, (route) => route.abort());
    await page.getByRole('link', { name: 'Start with lesson 1' }).click();
    await page.getByText('A file of the page could not be loaded.').waitFor();
    await page.getByRole('link', { name: 'Porthole' }).click();
    await page.getByRole('heading', { level: 1, name: 'A window on your own network' }).waitFor();
  });

  it('begins each page at its top, goes back to where one was, and from any page to any other', async () => {
    const { page } = await openPage({ server, viewport: PHONE });
    const link = page.getByRole('region', { name: 'The course' }).getByRole('link').first();
    await link.scrollIntoViewIfNeeded();
    await page.mouse.wheel(0, 300);
    await expect.poll(() => page.evaluate(() => window.scrollY)).toBeGreaterThan(0);
    await link.click();
    await page.locator('main h1').waitFor();
    await expect.poll(() => page.evaluate(() => window.scrollY)).toBe(0);
    await page.goBack();
    await page.getByRole('heading', { level: 1, name: 'A window on your own network' }).waitFor();
    await expect.poll(() => page.evaluate(() => window.scrollY)).toBeGreaterThan(0);
    await page.getByRole('button', { name: 'All pages' }).click();
    await page.getByRole('menuitem', { name: 'Glossary' }).click();
    await page.getByRole('heading', { level: 1, name: 'Glossary' }).waitFor();
    await expect.poll(() => page.evaluate(() => window.scrollY)).toBe(0);
  });

  it('lets the keyboard skip to the content, and go on to a page', async () => {
    const { page } = await openPage({ server });
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('main');
    await page.getByRole('link', { name: /What others can read/ }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: 'What others can read' }).waitFor();
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('main');
  });
});
