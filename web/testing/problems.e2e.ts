import { once } from 'node:events';
import { createServer } from 'node:http';
import type { Page } from 'playwright-core';
import { expect, it, onTestFinished } from 'vitest';
import { violations } from './axe.ts';
import { watchProblems } from './problems.ts';
import { workerBrowser } from './worker-browser.ts';

/** Serves one page under a policy as strict as ours and opens it, watched. */
async function openStrictPage(body: string) {
  const server = createServer((request, response) => {
    const found = request.url === '/';
    response.writeHead(found ? 200 : 404, {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': "default-src 'self'; img-src 'self' data:",
    });
    response.end(
      `<!doctype html><html lang="en"><title>Strict</title><link rel="icon" href="data:,"><main>${body}</main></html>`,
    );
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  const context = await (await workerBrowser()).newContext();
  onTestFinished(async () => {
    await context.close();
    server.close();
  });
  const page = await context.newPage();
  const problems = await watchProblems(page);
  await page.goto(`http://127.0.0.1:${address.port}/`);
  return { page, problems };
}

const throwLater = (page: Page) =>
  page.evaluate(() => {
    setTimeout(() => {
      throw new Error('boom');
    });
  });

it('finds nothing on a healthy page', async () => {
  const { page, problems } = await openStrictPage('<h1>Hello</h1>');
  await page.getByRole('heading').waitFor();
  expect(problems.list()).toEqual([]);
});

it('reports an inline script that the policy blocks', async () => {
  const { problems } = await openStrictPage('<script>window.ran = true</script>');
  await expect.poll(() => problems.list()).toContainEqual(expect.stringMatching(/^CSP violation: script-src-elem/));
});

it('reports an exception that nobody catches', async () => {
  const { page, problems } = await openStrictPage('<h1>Hello</h1>');
  await throwLater(page);
  await expect.poll(() => problems.list()).toContainEqual(expect.stringContaining('page error: Error: boom'));
});

it('reports a resource that is missing', async () => {
  const { problems } = await openStrictPage('<img src="/missing.png" alt="missing">');
  await expect.poll(() => problems.list()).toContainEqual(expect.stringMatching(/^console error: .*404/));
});

it('leaves out what a test tolerates, also when it happened before', async () => {
  const { page, problems } = await openStrictPage('<h1>Hello</h1>');
  await throwLater(page);
  await expect.poll(() => problems.list().some((problem) => problem.includes('boom'))).toBe(true);
  problems.tolerate(/boom/);
  expect(problems.list().some((problem) => problem.includes('boom'))).toBe(false);
});

it('runs axe under the policy and names a picture without a text', async () => {
  const { page } = await openStrictPage('<h1>Hello</h1><img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=">');
  expect(await violations(page)).toContainEqual(expect.objectContaining({ rule: 'image-alt', impact: 'critical' }));
});
