import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type BuiltServer, startBuiltServer } from '../testing/built-server.ts';
import { openPage } from '../testing/open-page.ts';
import { base64UrlOf } from './base64.ts';
import { crc32 } from './crc32.ts';
import { deflate } from './deflate.ts';
import { makeFragment } from './link.ts';
import { recordingJson } from './recording-json.ts';
import { aConversation, aRecording, carrying } from './testing.ts';

let server: BuiltServer;
beforeAll(async () => {
  server = await startBuiltServer();
});
afterAll(() => server.stop());

const ladderSays = (page: Page, text: string) =>
  expect.poll(async () => (await page.locator('[role=option]').allTextContents()).join('\n')).toContain(text);
const banner = (page: Page) => page.getByRole('heading', { level: 1, name: /nothing here is live/ });

describe('a hostile link', () => {
  it.each([
    ['nonsense', '#r1.AAAA', 'A part of this link is lost or changed'],
    ['of another kind', '#access_token=1', 'There is no recording of Porthole in this'],
    ['from the future', '#r9.AAAA', 'made by a newer Porthole'],
    ['without end', `#r1.${'A'.repeat(40_000)}`, 'larger than a recording may be'],
  ])('%s is answered with a sentence, and the page goes on', async (_, hash, sentence) => {
    const { page } = await openPage({ server, path: `/shared${hash}` });
    await page.getByRole('alert').getByText(sentence).waitFor();
    const link = await makeFragment(recordingJson(aRecording()));
    await page.getByLabel('Or paste a link').fill(`http://elsewhere.example/shared#${link.ok ? link.fragment : ''}`);
    await page.getByRole('button', { name: 'Open link' }).click();
    await banner(page).waitFor();
    await ladderSays(page, 'hi');
  });

  it('that is a bomb is left unpacked', async () => {
    const bomb = await makeFragmentOf(`{"porthole":"recording","version":1,"pad":"${' '.repeat(20_000_000)}"}`);
    const { page } = await openPage({ server, path: `/shared#${bomb}` });
    await page.getByRole('alert').getByText('larger than a recording may be').waitFor();
  });

  it('with markup and escape sequences shows them as what they are', async () => {
    const payload =
      '<img src=x onerror="document.title=1"><script>document.title=1</script>\u001b]0;x\u0007\u202e{{t}}$t(a)\n';
    const recording = aRecording({
      conversations: [aConversation({ demo: '__proto__' })],
      events: [carrying(1, payload), carrying(2, '', { kind: 'error', code: 'constructor' })],
    });
    const link = await makeFragment(recordingJson(recording));
    const { page } = await openPage({ server, path: `/shared#${link.ok ? link.fragment : ''}` });
    await banner(page).waitFor();
    await ladderSays(page, '<img src=x onerror=');
    await page.getByRole('tab', { name: 'Bytes' }).click();
    await page
      .getByRole('region', { name: /octets|bytes/i })
      .first()
      .waitFor();
    expect(await page.locator('img[src=x]').count()).toBe(0);
    expect(await page.title()).toBe('Shared recording · Porthole');
  });
});

/** A fragment whose packing is right, whatever is in it. */
async function makeFragmentOf(json: string): Promise<string> {
  const packed = await deflate(new TextEncoder().encode(json));
  const head = new Uint8Array(4);
  new DataView(head.buffer).setUint32(0, crc32(packed));
  return `r1.${base64UrlOf(Uint8Array.of(...head, ...packed))}`;
}
