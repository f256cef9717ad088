import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { plainIpv4, serializeIpv4 } from '../../../server/packets/ipv4.ts';
import { LINK_TYPES } from '../../../server/packets/link.ts';
import { parsePacket } from '../../../server/packets/packet.ts';
import { interfaceBlock, packetBlock, sectionBlock } from '../../../server/packets/pcapng-writer.ts';
import { serializeTcp } from '../../../server/packets/tcp.ts';
import { findChromium } from '../../clients/chromium.js';
import { inChromium } from '../in-chromium.ts';
import { alone, information, type Part, type Row } from '../part.ts';

const PACKETS = 1_000;
const ROUNDS = 1_000;
const MIN_PACKETS_PER_SECOND = 1_000_000;

const FILE_BYTES = 100e6;
const MAX_OPEN_MS = 5_000;
/** What a person notices as freezing. */
const MAX_TASK_MS = 200;

/** Packet codecs, and a large capture file in the browser. */
export const packetsPart: Part = {
  name: 'packets',
  title: 'Packets',
  run: async (note) => {
    const rows = [...decoding()];
    if ((await findChromium()) === null) note('No Chromium here: opening a large file is not measured.');
    else rows.push(...(await openingInChromium(note)));
    return rows;
  },
};

/** Small TCP segments with timestamps, in Ethernet frames. */
function frames(payload: number): readonly Uint8Array[] {
  const ends = { source: '127.0.0.1', destination: '127.0.0.1' };
  return Array.from({ length: PACKETS }, (_, nth) => {
    const segment = serializeTcp(
      {
        sourcePort: 1_024 + nth,
        destinationPort: 7_007,
        sequence: nth * 1_000,
        acknowledgment: nth,
        flags: 0x18,
        window: 512,
        urgentPointer: 0,
        options: [{ kind: 'nop' }, { kind: 'nop' }, { kind: 'timestamps', value: nth, echo: nth }],
      },
      new Uint8Array(payload),
      ends,
    );
    const ip = serializeIpv4(plainIpv4({ ...ends, protocol: 6, identification: nth }), segment);
    return Uint8Array.of(...new Uint8Array(12), 8, 0, ...ip);
  });
}

function decoding(): readonly Row[] {
  const all = frames(20);
  const ours = perSecond(all, (bytes) => parsePacket(bytes, LINK_TYPES.ethernet).payload.end);
  const bare = perSecond(all, (bytes) => {
    // What any reader must do at least: take every number of the three headers out of the octets.
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    let sum = 0;
    for (let at = 0; at + 2 <= 66; at += 2) sum += view.getUint16(at);
    return sum;
  });
  return [
    alone('small TCP packets decoded a second', millions(ours), '≥ 1 M/s', ours >= MIN_PACKETS_PER_SECOND),
    information({
      what: 'the same, against reading every 16 bits',
      ours: millions(ours),
      peer: millions(bare),
      ratio: ours / bare,
    }),
  ];
}

function perSecond(all: readonly Uint8Array[], read: (bytes: Uint8Array) => number): number {
  let best = 0;
  let kept = 0;
  for (let run = 0; run < 3; run += 1) {
    const beganMs = performance.now();
    for (let round = 0; round < ROUNDS; round += 1) for (const bytes of all) kept += read(bytes);
    best = Math.max(best, (ROUNDS * all.length * 1_000) / (performance.now() - beganMs));
  }
  // What was read is used, or it would not be read.
  return kept < 0 ? 0 : best;
}

const millions = (perSecond: number): string => `${(perSecond / 1e6).toFixed(2)} M/s`;

async function openingInChromium(note: (sentence: string) => void): Promise<readonly Row[]> {
  const folder = await mkdtemp(join(tmpdir(), 'porthole-bench-'));
  try {
    const file = join(folder, 'large.pcapng');
    const packets = await writeLargeFile(file);
    const { openMs, longestMs } = await inChromium('/packets', (page) => openFile(page, file));
    note(`The file has ${packets} packets of 60 to 1,514 octets.`);
    const isQuick = openMs < MAX_OPEN_MS;
    const isSmooth = longestMs < MAX_TASK_MS;
    return [
      alone('a 100 MB pcapng shown in Chromium', `${openMs.toFixed(0)} ms`, `< ${MAX_OPEN_MS} ms`, isQuick),
      alone('its longest task on the page', `${longestMs.toFixed(0)} ms`, `< ${MAX_TASK_MS} ms`, isSmooth),
    ];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** How long it takes from the file's being chosen to its packets' being shown, and the longest task meanwhile. */
async function openFile(page: Page, file: string): Promise<{ readonly openMs: number; readonly longestMs: number }> {
  await page.locator('input[type=file]').waitFor({ state: 'attached' });
  await page.evaluate(() => {
    const seen = Object.assign(globalThis, { longest: 0 });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) seen.longest = Math.max(seen.longest, entry.duration);
    }).observe({ entryTypes: ['longtask'] });
  });
  const beganMs = performance.now();
  await page.locator('input[type=file]').setInputFiles(file);
  await page.getByRole('option').first().waitFor();
  const openMs = performance.now() - beganMs;
  const longestMs = await page.evaluate(() => (globalThis as unknown as { longest: number }).longest);
  return { openMs, longestMs };
}

async function writeLargeFile(file: string): Promise<number> {
  const samples = [...frames(0).slice(0, 500), ...frames(1_448).slice(0, 20)];
  const blocks: Uint8Array[] = [
    sectionBlock({ application: 'bench' }),
    interfaceBlock({ linkType: LINK_TYPES.ethernet, name: 'lo', snapLength: 0 }),
  ];
  let bytes = 0;
  let packets = 0;
  while (bytes < FILE_BYTES) {
    const sample = samples[packets % samples.length] ?? new Uint8Array(60);
    const block = packetBlock({ interface: 0, seconds: packets, nanoseconds: 0, bytes: sample });
    blocks.push(block);
    bytes += block.length;
    packets += 1;
  }
  await writeFile(file, Buffer.concat(blocks));
  return packets;
}
