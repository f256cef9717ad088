import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Frame } from '#packets/capture-file.ts';
import { CaptureReader } from '#packets/capture-reader.ts';
import { ICMP_PROTOCOL, ICMP_TYPES, serializeIcmp } from '#packets/icmp.ts';
import { plainIpv4, serializeIpv4 } from '#packets/ipv4.ts';
import { LINK_TYPES } from '#packets/link.ts';
import { parsePacket } from '#packets/packet.ts';
import { interfaceBlock, packetBlock, sectionBlock } from '#packets/pcapng-writer.ts';
import { serializeTcp, TCP_FLAGS, TCP_PROTOCOL } from '#packets/tcp.ts';
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

  it('says ICMP errors in the words of the real one', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'porthole-tcpdump-'));
    onTestFinished(() => rm(folder, { recursive: true, force: true }));
    const file = join(folder, 'errors.pcapng');
    const errors = [
      [ICMP_TYPES.unreachable, 0],
      [ICMP_TYPES.unreachable, 1],
      [ICMP_TYPES.unreachable, 2],
      [ICMP_TYPES.unreachable, 3],
      [ICMP_TYPES.timeExceeded, 0],
      [ICMP_TYPES.timeExceeded, 1],
    ] as const;
    await writeFile(file, fileOf(errors.map(([type, code]) => icmpError(type, code))));
    const lines = new TcpdumpLines(false);
    const ours = (await framesOf(file)).map(({ bytes, linkType }) => lines.line(parsePacket(bytes, linkType)));
    expect(ours).toEqual(await real(file));
  });
});

const ENDS = { source: '192.0.2.1', destination: '192.0.2.2' };

function ipPacket(protocol: number, payload: Uint8Array): Uint8Array {
  return serializeIpv4(plainIpv4({ ...ENDS, protocol }), payload);
}

/** An error that quotes a SYN. */
function icmpError(type: number, code: number): Uint8Array {
  const syn = {
    ...{ sourcePort: 1_234, destinationPort: 7, sequence: 1, acknowledgment: 0, flags: TCP_FLAGS.syn },
    ...{ window: 1, urgentPointer: 0, options: [] },
  };
  const quoted = ipPacket(TCP_PROTOCOL, serializeTcp(syn, new Uint8Array(0), ENDS));
  return ipPacket(ICMP_PROTOCOL, serializeIcmp({ type, code, body: Uint8Array.of(0, 0, 0, 0, ...quoted) }));
}

function fileOf(packets: readonly Uint8Array[]): Buffer {
  return Buffer.concat([
    sectionBlock({ application: 'Porthole' }),
    interfaceBlock({ linkType: LINK_TYPES.raw, name: 'made', snapLength: 0 }),
    ...packets.map((bytes) => packetBlock({ interface: 0, seconds: 1, nanoseconds: 0, bytes })),
  ]);
}
