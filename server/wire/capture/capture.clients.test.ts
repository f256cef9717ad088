import { execFile, spawnSync } from 'node:child_process';
import { chmod, copyFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { parsePacket } from '#packets/packet.ts';
import { interfaceBlock, packetBlock, sectionBlock } from '#packets/pcapng-writer.ts';
import { TCP_FLAGS } from '#packets/tcp.ts';
import { verifyChecksums } from '#packets/verify.ts';
import type { CapturedFrame, CaptureStatus } from '#protocol/capture.ts';
import { Program } from '../../demos/testing/program.ts';
import { findProgram } from '../../machine.ts';
import { startTestPlayground, type TestPlayground } from '../../testing/playground.ts';
import { Capture } from './capture.ts';

const run = promisify(execFile);

const WITHOUT_RIGHTS = '#!/bin/sh\nexec setpriv --reuid=65534 --regid=65534 --clear-groups tcpdump "$@"\n';

let folder = '';
let playground: TestPlayground;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'porthole-capture-'));
  playground = await startTestPlayground();
});
afterAll(async () => {
  await playground.close();
  await rm(folder, { recursive: true, force: true });
});

/** A capture on the loopback with one program; `find` may give another file for it. */
function captureWith(tool: string, find = findProgram) {
  const port = playground.address('echo', 'tcp').port;
  const capture = new Capture({
    device: 'lo',
    platform: 'linux',
    ports: () => [port],
    isPagePort: () => false,
    find: async (name) => (name === tool ? find(name) : null),
    fromWallUs: (wallUs) => wallUs,
  });
  onTestFinished(() => capture.close());
  let status: CaptureStatus = capture.status;
  const watch = capture.watch((now) => {
    status = now;
  });
  const until = (state: CaptureStatus['state']) => expect.poll(() => status.state).toBe(state);
  return { capture, port, watch, until, status: () => status };
}

function frames(capture: Capture): CapturedFrame[] {
  const all: CapturedFrame[] = [];
  for (let number = capture.oldest; number <= capture.head; number += 1) {
    const frame = capture.read(number);
    if (frame) all.push(frame);
  }
  return all;
}

const octets = ({ bytes }: CapturedFrame) => Buffer.from(bytes, 'base64');

/** What we read in a frame, as tshark's columns. */
function columns(frame: CapturedFrame): string[] {
  const bytes = octets(frame);
  const { transport, payload } = parsePacket(bytes, frame.linkType);
  if (transport?.layer !== 'tcp') return [];
  const { sourcePort, destinationPort, flags, sequence, acknowledgment, window } = transport;
  const values = [sourcePort, destinationPort, flags, sequence, acknowledgment, window, payload.end - payload.start];
  return values.map(String);
}

/** Where the interface is called lo. */
const onLinux = process.platform === 'linux';

/** Whether this user may capture on it with a tool: it is asked for the link layers there, for which it opens it. */
const mayCapture = (tool: string) => onLinux && spawnSync(tool, ['-i', 'lo', '-L']).status === 0;

describe.each(['tcpdump', 'dumpcap'])('with %s, a real nc conversation', (tool) => {
  it.runIf(mayCapture(tool))('is captured whole, and read as tshark reads the same packets', async () => {
    const { capture, port, until } = captureWith(tool);
    await until('on');
    const { stdout } = await Program.run('nc', ['-N', '127.0.0.1', String(port)], 'hello\n');
    expect(stdout.toString()).toBe('hello\n');
    const isOver = () =>
      frames(capture).filter((frame) => (Number(columns(frame)[2]) & TCP_FLAGS.fin) !== 0).length >= 2;
    await expect.poll(isOver).toBe(true);
    await expect.poll(() => Number(columns(frames(capture).at(-1) as CapturedFrame)[2]) & TCP_FLAGS.fin).toBe(0);
    const captured = frames(capture);
    const file = join(folder, `${tool}.pcapng`);
    const [first] = captured;
    await writeFile(
      file,
      Buffer.concat([
        sectionBlock({ application: 'Porthole' }),
        interfaceBlock({ linkType: first?.linkType ?? 1, name: 'lo', snapLength: 0 }),
        ...captured.map((frame) => packetBlock({ ...frame, interface: 0, bytes: octets(frame) })),
      ]),
    );
    const fields = [
      'tcp.srcport',
      'tcp.dstport',
      'tcp.flags',
      'tcp.seq_raw',
      'tcp.ack_raw',
      'tcp.window_size_value',
      'tcp.len',
    ];
    const shown = await run('tshark', [
      '-r',
      file,
      '-T',
      'fields',
      '-E',
      'separator=|',
      ...fields.flatMap((one) => ['-e', one]),
    ]);
    const theirs = shown.stdout
      .trimEnd()
      .split('\n')
      .map((line) => line.split('|'));
    expect(captured.map(columns)).toEqual(theirs.map((row) => row.map((value) => String(Number(value)))));
    expect((Number(columns(captured[0] as CapturedFrame)[2]) & TCP_FLAGS.syn) !== 0).toBe(true);
    // A loopback has no interface that would finish the checksum.
    for (const frame of captured) {
      const bytes = octets(frame);
      const verdict = verifyChecksums(bytes, parsePacket(bytes, frame.linkType)).find(
        ({ field }) => field === 'tcp.checksum',
      );
      expect(verdict?.verdict).toBe('partial');
    }
  });
});

describe.runIf(onLinux)('the capture', () => {
  it.runIf(mayCapture('tcpdump'))(
    'keeps the ICMP error that quotes a port of ours, and nothing of anybody else',
    async () => {
      const closed = 9;
      const { capture, watch, until } = captureWith('tcpdump');
      watch.setPorts([closed]);
      await until('on');
      await Program.run('nc', ['-u', '-w1', '127.0.0.1', String(closed)], 'anybody?');
      await Program.run('nc', ['-u', '-w1', '127.0.0.1', '10'], 'not ours');
      const kinds = () => frames(capture).map((frame) => parsePacket(octets(frame), frame.linkType));
      await expect.poll(() => kinds().some(({ quoted }) => quoted !== null)).toBe(true);
      for (const { transport, quoted } of kinds()) {
        const ported = quoted?.transport ?? transport;
        expect(ported?.layer === 'udp' && ported.destinationPort).toBe(closed);
      }
    },
  );

  it('says why and what to do when the system does not allow it', async () => {
    // tcpdump itself: started by a user without any right, or a copy, which has none of the file's.
    const path = join(folder, 'tcpdump');
    if (process.getuid?.() === 0) await writeFile(path, WITHOUT_RIGHTS);
    else await copyFile((await findProgram('tcpdump')) ?? '', path);
    await chmod(path, 0o755);
    const { until, status } = captureWith('tcpdump', async () => path);
    await until('refused');
    expect(status()).toMatchObject({
      refusal: 'not-permitted',
      detail: expect.stringMatching(/permission|not permitted/i),
      remedy: [`sudo setcap cap_net_raw,cap_net_admin+eip ${path}`],
    });
  });

  it.runIf(mayCapture('tcpdump'))('leaves no program behind, however it ends', async () => {
    const { capture, port, until } = captureWith('tcpdump');
    await until('on');
    const pids = async () =>
      (await run('pgrep', ['-f', `tcpdump.*port ${port}`]).catch(() => ({ stdout: '' }))).stdout.trim();
    expect(await pids()).not.toBe('');
    capture.close();
    await expect.poll(pids).toBe('');
  });
});
