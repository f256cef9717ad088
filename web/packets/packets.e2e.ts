import { execFile } from 'node:child_process';
import { readFile, rm } from 'node:fs/promises';
import { promisify } from 'node:util';
import type { Locator } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Program } from '../../server/demos/testing/program.ts';
import { axe } from '../testing/axe.ts';
import { type BuiltServer, startBuiltServer } from '../testing/built-server.ts';
import { openPage, PHONE } from '../testing/open-page.ts';
import { screenshot } from '../testing/screenshot.ts';

const run = promisify(execFile);

let server: BuiltServer;
beforeAll(async () => {
  server = await startBuiltServer();
});
afterAll(() => server.stop());

/** Where the tests may capture: on Linux, as root. */
const mayCapture = process.platform === 'linux' && process.getuid?.() === 0;

/** Whether what is drawn in the middle of an element is it: no other pane lies over it, and none has scrolled it away. */
function isInView(element: Locator): Promise<boolean> {
  return element.evaluate((node) => {
    const { left, top, width, height } = node.getBoundingClientRect();
    return document.elementFromPoint(left + width / 2, top + height / 2) === node;
  });
}

/** Flags, sequence number and length of a row, as tshark's columns. */
function asTshark(row: string): string {
  // Before the arrow stands a state, which may be called FIN-WAIT-1.
  const flags = /[→←](.*)seq=/.exec(row)?.[1] ?? '';
  // In tshark's order.
  const names = ['ACK', 'PSH', 'RST', 'SYN', 'FIN'].filter((name) => flags.includes(name));
  const number = (name: string): string => new RegExp(`${name}=(\\d+)`).exec(row)?.[1] ?? '0';
  return [names.map((name) => name[0]).join(''), number('seq'), number('len')].join('\t');
}

/** tshark writes a dot for each bit that is not set. */
function lettersOnly(line: string): string {
  const [flags = '', ...numbers] = line.split('\t');
  return [flags.replaceAll(/[^A-Z]/g, ''), ...numbers].join('\t');
}

describe.runIf(mayCapture)('the packets tab', () => {
  it('shows a real conversation packet by packet, and saves what tshark and capinfos read', async () => {
    const { page } = await openPage({ server, path: '/playground' });
    await page.getByRole('tab', { name: 'Packets' }).click();
    await page.getByText(/tcpdump on lo/).waitFor();
    await Program.run('nc', ['-N', '127.0.0.1', String(server.demo('echo').port)], 'hello\n');
    const packets = page.getByRole('listbox').getByRole('option');
    await expect.poll(() => packets.filter({ hasText: /FIN, ACK/ }).count()).toBe(2);
    await expect
      .poll(() => packets.allTextContents())
      .toSatisfy((all: string[]) => all[0]?.includes('SYN seq=0') ?? false);
    const shown = await packets.allTextContents();
    expect(shown[1]).toMatch(/SYN, ACK.*seq=0 ack=1/);
    await packets.nth(1).click();
    await page.getByRole('button', { name: /^Acknowledgment number/ }).click();
    const detail = page.getByRole('region', { name: /^Header of packet/ });
    expect(await detail.textContent()).toContain('RFC 9293 §3.1');
    const octets = detail.locator('[data-chosen="true"]');
    expect(await octets.count()).toBe(4);
    await expect.poll(() => isInView(octets.first())).toBe(true);
    await page.getByRole('button', { name: /^Checksum\s?: ?0x/ }).click();
    expect(await detail.textContent()).toContain('Only partly computed');
    await screenshot(page, 'packets-1440-dark-en');
    await axe(page);
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Save .pcapng', exact: true }).click(),
    ]);
    const file = await download.path();
    const { stdout } = await run('tshark', [
      '-r',
      file,
      '-T',
      'fields',
      '-e',
      'tcp.flags.str',
      '-e',
      'tcp.seq',
      '-e',
      'tcp.len',
    ]);
    const count = await packets.count();
    expect((await packets.allTextContents()).map(asTshark)).toEqual(stdout.trim().split('\n').map(lettersOnly));
    expect(await page.getByRole('tab', { name: /^Packets/ }).textContent()).toBe(`Packets${count}`);
    const going = async (direction: 1 | 2): Promise<string[]> => {
      const wanted = ['-r', file, '-Y', `frame.packet_flags_direction == ${direction}`];
      return (await run('tshark', wanted)).stdout.trim().split('\n');
    };
    const [inbound, outbound] = [await going(1), await going(2)];
    expect(inbound[0]).toContain('[SYN]');
    expect(outbound[0]).toContain('[SYN, ACK]');
    expect(inbound.length + outbound.length).toBe(count);
    expect((await run('capinfos', ['-c', '-M', file])).stdout).toContain(String(await packets.count()));
    await rm(file);
  });
});

describe.runIf(mayCapture)('a step that looks at packets', () => {
  it('has them captured while it waits, turns green by them, and says so', async () => {
    const { page } = await openPage({ server, path: '/lessons/handshake' });
    await page.getByText(/They are being captured on lo/).waitFor();
    await Program.run('nc', ['-zv', '127.0.0.1', String(server.demo('echo').port)]);
    const step = page.locator('[data-task="open"]');
    await step.getByText(/^SYN, ACK$/).waitFor();
    expect(await step.getAttribute('data-status')).toBe('done');
    for (const evidence of ['observed', 'captured', 'derived'])
      expect(await step.getByRole('button', { name: evidence }).count()).toBe(1);
    await screenshot(page, 'lesson-4-captured-1440-dark-en');
    await axe(page);
  });
});

describe('a capture file', () => {
  it('that comes with the page is shown as a ladder, and another one can be opened', async () => {
    const { page } = await openPage({ server, path: '/packets' });
    await page.getByRole('heading', { name: 'Look into a capture file' }).waitFor();
    await screenshot(page, 'packets-files-1440-dark-en');
    await axe(page);
    await page.getByRole('link', { name: /Half-close/ }).click();
    await expect.poll(() => page.getByRole('option').count()).toBe(11);
    expect(await page.getByRole('listbox').textContent()).toContain('CLOSE-WAIT');
    await screenshot(page, 'packets-half-close-1440-dark-en');
    await axe(page);
    await page.getByRole('button', { name: 'Open another' }).click();
    await page.locator('input[type=file]').setInputFiles({
      name: 'odd.pcapng',
      mimeType: '',
      buffer: Buffer.concat([await readFile('web/public/traces/refused.pcapng'), Buffer.from('garbage!')]),
    });
    await page.getByText('What came before it is shown.').waitFor();
    expect(await page.getByRole('option').count()).toBe(2);
  });

  it('that is none is refused with a reason, on a phone and in Chinese, too', async () => {
    const { page } = await openPage({ server, path: '/packets', viewport: PHONE, theme: 'light', language: 'zh-CN' });
    await page
      .locator('input[type=file]')
      .setInputFiles({ name: 'x.pcap', mimeType: '', buffer: Buffer.from('not one') });
    await page.getByText('这不是 pcapng 或 pcap 文件。').waitFor();
    await screenshot(page, 'packets-refused-390-light-zh');
    await axe(page);
  });
});
