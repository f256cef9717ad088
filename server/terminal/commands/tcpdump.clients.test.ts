import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import type { Frame } from '#packets/capture-file.ts';
import { CaptureReader } from '#packets/capture-reader.ts';
import { parsePacket } from '#packets/packet.ts';
import { inRepository } from '../../../tools/run/repository.js';
import { hexLines, TcpdumpLines } from '../tcpdump/tcpdump-line.ts';

const run = promisify(execFile);

async function framesOf(file: string): Promise<Frame[]> {
  const frames: Frame[] = [];
  const reader = new CaptureReader({ frame: (frame) => frames.push(frame) });
  reader.push(await readFile(file));
  return frames;
}

/** What the real one prints, without the time. */
async function real(file: string, ...options: readonly string[]): Promise<string[]> {
  const { stdout } = await run('tcpdump', ['-n', '-t', ...options, '-r', file]);
  return stdout.trimEnd().split('\n');
}

describe('the lines of tcpdump', () => {
  it.each(['handshake', 'refused', 'reset', 'half-close', 'retransmission'])(
    'are those of the real one: %s',
    async (name) => {
      const file = inRepository('web', 'public', 'traces', `${name}.pcapng`);
      const frames = await framesOf(file);
      for (const [options, absolute] of [
        [[], false],
        [['-S'], true],
      ] as const) {
        const lines = new TcpdumpLines(absolute);
        const ours = frames.map(({ bytes, linkType }) => lines.line(parsePacket(bytes, linkType)));
        expect(ours).toEqual(await real(file, ...options));
      }
    },
  );

  it('name the port that an ICMP error is about, and show the octets', async () => {
    const file = inRepository('web', 'public', 'traces', 'unreachable.pcapng');
    const [, error] = await framesOf(file);
    if (!error) throw new Error('no error in the capture');
    const packet = parsePacket(error.bytes, error.linkType);
    const [line, ...octets] = await real(file, '-X', 'icmp');
    expect(new TcpdumpLines(false).line(packet)).toBe(line);
    expect(hexLines(error.bytes, packet.ip?.at ?? 0).map((each) => each.trimEnd())).toEqual(
      octets.map((each) => each.trimEnd()),
    );
  });
});
