/**
 * Makes the captures that come with the page: `sudo npx tsx tools/traces/make.ts` on Linux with tcpdump, socat and iproute2.
 * Everything happens between real sockets in network namespaces of its own, and tcpdump captures it; nothing is edited but
 * the comment on the first packet, which says what was done.
 */
import { once } from 'node:events';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { release } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { CaptureInterface, Frame } from '../../server/packets/capture-file.ts';
import { CaptureReader } from '../../server/packets/capture-reader.ts';
import { interfaceBlock, packetBlock, sectionBlock } from '../../server/packets/pcapng-writer.ts';
import { inRepository } from '../run/repository.js';
import { lossyLink, setUp } from './namespaces.ts';
import { ended, FAR, NEAR, run, SETTLE_MS, started, within } from './programs.ts';
import { RECIPES, type Recipe } from './recipes.ts';

const FOLDER = inRepository('web', 'public', 'traces');

async function capture({ name, device, comment, act }: Recipe): Promise<void> {
  const raw = join(FOLDER, `${name}.pcap`);
  const filter = 'tcp or udp or icmp or ip[6:2] & 0x1fff != 0';
  const tcpdump = within(
    NEAR,
    'tcpdump',
    '-i',
    device,
    '-n',
    '-U',
    '--immediate-mode',
    '--time-stamp-precision=nano',
    '-Z',
    'root',
    '-w',
    raw,
    filter,
  );
  await once(tcpdump.stderr ?? tcpdump, 'data');
  await act();
  await pause(SETTLE_MS);
  tcpdump.kill('SIGINT');
  await ended(tcpdump);
  writeFileSync(join(FOLDER, `${name}.pcapng`), pcapng(readFileSync(raw), device, comment));
  rmSync(raw);
}

function pcapng(raw: Uint8Array, device: string, comment: string): Uint8Array {
  const frames: Frame[] = [];
  const interfaces: CaptureInterface[] = [];
  const reader = new CaptureReader({ frame: (frame) => frames.push(frame), interface: (one) => interfaces.push(one) });
  reader.push(raw);
  const problem = reader.end();
  if (problem || frames.length === 0) throw new Error(`nothing was captured on ${device}: ${problem?.message}`);
  const [described] = interfaces;
  return Buffer.concat([
    sectionBlock({ application: 'Porthole', comment: `${comment} Linux ${kernel()}.` }),
    interfaceBlock({ linkType: described?.linkType ?? 1, name: device, snapLength: 0 }),
    ...frames.map((frame, at) => packetBlock({ ...frame, interface: 0, comment: at === 0 ? comment : null })),
  ]);
}

/** Major and minor number of the kernel, which is what its TCP goes by. */
function kernel(): string {
  return /^\d+\.\d+/.exec(release())?.[0] ?? release();
}

setUp();
let unlink: () => void = () => {};
try {
  unlink = await lossyLink();
  for (const recipe of RECIPES) await capture(recipe);
} finally {
  unlink();
  for (const child of started) child.kill();
  for (const name of [NEAR, FAR]) run(`ip netns del ${name}`);
}
