import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inRepository } from '../../tools/run/repository.js';
import type { Frame } from './capture-file.ts';
import { CaptureReader } from './capture-reader.ts';
import { serializeIcmp } from './icmp.ts';
import { serializeIpv4 } from './ipv4.ts';
import { serializeIpv6 } from './ipv6.ts';
import { LINK_TYPES } from './link.ts';
import { type Packet, parsePacket } from './packet.ts';
import { interfaceBlock, packetBlock, sectionBlock } from './pcapng-writer.ts';
import { serializeTcp } from './tcp.ts';
import { ipv4Header, ipv6Header, octets, tcpHeader, uint16 } from './testing/arbitraries.ts';
import { serializeUdp } from './udp.ts';
import { verifyChecksums } from './verify.ts';

const run = promisify(execFile);

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'porthole-tshark-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Packets of every kind that we write, the same ones in every run. */
function packets(): readonly Uint8Array[] {
  const tcp4 = fc.tuple(ipv4Header, tcpHeader, octets(40)).map(([ip, tcp, payload]) => {
    const whole = { ...ip, protocol: 6, fragmentOffset: 0, moreFragments: false, options: new Uint8Array(0) };
    return serializeIpv4(whole, serializeTcp(tcp, payload, whole));
  });
  const tcp6 = fc.tuple(ipv6Header, tcpHeader, octets(40)).map(([ip, tcp, payload]) => {
    return serializeIpv6({ ...ip, nextHeader: 6 }, serializeTcp(tcp, payload, ip));
  });
  const udp = fc.tuple(ipv4Header, uint16, uint16, octets(40)).map(([ip, sourcePort, destinationPort, payload]) => {
    const whole = { ...ip, protocol: 17, fragmentOffset: 0, moreFragments: false, options: new Uint8Array(0) };
    return serializeIpv4(whole, serializeUdp({ sourcePort, destinationPort }, payload, whole));
  });
  const icmp = fc.tuple(ipv4Header, fc.constantFrom(0, 8, 3, 11), octets(8)).map(([ip, type, body]) => {
    const whole = { ...ip, protocol: 1, fragmentOffset: 0, moreFragments: false, options: new Uint8Array(0) };
    return serializeIpv4(whole, serializeIcmp({ type, code: 0, body }));
  });
  const middle = ipv4Header.map((ip) => {
    const later = { ...ip, protocol: 17, fragmentOffset: ip.fragmentOffset || 8, options: new Uint8Array(0) };
    return serializeIpv4(later, new Uint8Array(16));
  });
  return fc.sample(fc.oneof(tcp4, tcp6, udp, icmp, middle), { numRuns: 400, seed: 9293 });
}

async function writePcapng(name: string, frames: readonly Uint8Array[], linkType: number): Promise<string> {
  const file = join(folder, name);
  const blocks = [
    sectionBlock({ application: 'Porthole', comment: 'made by a test' }),
    interfaceBlock({ linkType, name: 'test0', snapLength: 0 }),
    ...frames.map((bytes, at) =>
      packetBlock({
        interface: 0,
        seconds: 1_700_000_000 + at,
        nanoseconds: 123_456_789,
        bytes,
        direction: 'outbound',
        comment: `no ${at}`,
      }),
    ),
  ];
  await writeFile(file, Buffer.concat(blocks));
  return file;
}

/** The columns that tshark gives for every packet of a file. Only the outermost header of each kind is asked for. */
async function tshark(file: string, fields: readonly string[]): Promise<string[][]> {
  const args = ['-r', file, '-n', '-T', 'fields', '-E', 'occurrence=f', '-E', 'separator=|'];
  const checks = ['ip.check_checksum', 'tcp.check_checksum', 'udp.check_checksum'].flatMap((one) => [
    '-o',
    `${one}:TRUE`,
  ]);
  const { stdout } = await run('tshark', [...args, ...checks, ...fields.flatMap((field) => ['-e', field])], {
    maxBuffer: 1e8,
  });
  return stdout
    .trimEnd()
    .split('\n')
    .map((line) => line.split('|'));
}

/** What a program that knows nothing of tshark says of the same packet, spelt as tshark spells it. */
const COLUMNS: Readonly<Record<string, (packet: Packet, bytes: Uint8Array) => string | number | undefined>> = {
  'ip.src': ({ ip }) => (ip?.layer === 'ipv4' ? ip.source : undefined),
  'ip.ttl': ({ ip }) => (ip?.layer === 'ipv4' ? ip.ttl : undefined),
  'ip.len': ({ ip }) => (ip?.layer === 'ipv4' ? ip.totalLength : undefined),
  'ip.frag_offset': ({ ip }) => (ip?.layer === 'ipv4' ? ip.fragmentOffset / 8 : undefined),
  'ip.id': ({ ip }) => (ip?.layer === 'ipv4' ? hex(ip.identification) : undefined),
  'ip.checksum.status': verdictOf('ip.checksum'),
  'ipv6.dst': ({ ip }) => (ip?.layer === 'ipv6' ? ip.destination : undefined),
  'ipv6.hlim': ({ ip }) => (ip?.layer === 'ipv6' ? ip.hopLimit : undefined),
  'tcp.srcport': ({ transport }) => (transport?.layer === 'tcp' ? transport.sourcePort : undefined),
  'tcp.seq_raw': ({ transport }) => (transport?.layer === 'tcp' ? transport.sequence : undefined),
  'tcp.ack_raw': ({ transport }) => (transport?.layer === 'tcp' ? transport.acknowledgment : undefined),
  'tcp.hdr_len': ({ transport }) => (transport?.layer === 'tcp' ? transport.headerLength : undefined),
  'tcp.window_size_value': ({ transport }) => (transport?.layer === 'tcp' ? transport.window : undefined),
  'tcp.len': ({ transport, payload }) => (transport?.layer === 'tcp' ? payload.end - payload.start : undefined),
  'tcp.options.mss_val': optionOf('mss', 'octets'),
  'tcp.options.wscale.shift': optionOf('window-scale', 'shift'),
  'tcp.options.timestamp.tsval': optionOf('timestamps', 'value'),
  'tcp.checksum.status': verdictOf('tcp.checksum'),
  'udp.dstport': ({ transport }) => (transport?.layer === 'udp' ? transport.destinationPort : undefined),
  'udp.length': ({ transport }) => (transport?.layer === 'udp' ? transport.length : undefined),
  'udp.checksum.status': verdictOf('udp.checksum'),
  'icmp.type': ({ transport }) => (transport?.layer === 'icmp' ? transport.type : undefined),
};

function hex(value: number): string {
  return `0x${value.toString(16).padStart(4, '0')}`;
}

function optionOf(kind: string, key: string) {
  return ({ transport }: Packet): number | undefined => {
    const option = transport?.layer === 'tcp' ? transport.options.find((each) => each.kind === kind) : undefined;
    return option ? (option as unknown as Record<string, number>)[key] : undefined;
  };
}

/** 1 is "good" in tshark's fields. */
function verdictOf(field: string) {
  return (packet: Packet, bytes: Uint8Array): number | undefined => {
    const sum = verifyChecksums(bytes, packet).find((each) => each.field === field);
    return sum && { good: 1, bad: 0, partial: 0, 'not-computed': 3, unverifiable: 2 }[sum.verdict];
  };
}

describe('packets that we write, read by tshark', () => {
  it('say the same, field by field, as when we read them', async () => {
    const made = packets();
    const file = await writePcapng('made.pcapng', made, LINK_TYPES.raw);
    const names = Object.keys(COLUMNS);
    const theirs = await tshark(file, names);
    expect(theirs).toHaveLength(made.length);
    for (const [at, bytes] of made.entries()) {
      const packet = parsePacket(bytes, LINK_TYPES.raw);
      const ours = names.map((name) => String(COLUMNS[name]?.(packet, bytes) ?? ''));
      const known = theirs[at]?.map((value, column) => (isMoot(names[column], packet) ? (ours[column] ?? '') : value));
      expect([at, ...ours]).toEqual([at, ...(known ?? [])]);
    }
  });

  it('make a file that capinfos has no complaint about', async () => {
    const file = await writePcapng('info.pcapng', packets().slice(0, 25), LINK_TYPES.raw);
    const { stdout } = await run('capinfos', ['-M', file]);
    expect(stdout).toMatch(/Number of packets:\s+25/);
    expect(stdout).toMatch(/File timestamp precision:\s+nanoseconds \(9\)/);
    expect(stdout).toContain('Name = test0');
    const [first] = await tshark(file, ['frame.time_epoch', 'frame.comment', 'frame.packet_flags_direction']);
    expect(first?.slice(0, 2)).toEqual(['1700000000.123456789', 'no 0']);
    expect(first?.[2]).toMatch(/2/);
  });
});

/** What tshark shows and means otherwise: it does not verify what it has reassembled or what was a fragment. */
function isMoot(name: string | undefined, { ip }: Packet): boolean {
  return (name?.endsWith('.status') ?? false) && (ip?.fragmentOffset ?? 0) > 0;
}

describe('files that other programs write', () => {
  it.each(['pcap', 'nsecpcap', 'pcapng'])('are read: %s by editcap', async (format) => {
    const made = packets().slice(0, 50);
    const file = await writePcapng('source.pcapng', made, LINK_TYPES.raw);
    const converted = join(folder, `converted.${format}`);
    await run('editcap', ['-F', format, file, converted]);
    expect((await frames(converted)).map(({ bytes }) => Buffer.from(bytes))).toEqual(
      made.map((bytes) => Buffer.from(bytes)),
    );
  });

  it.each([
    ['Ethernet', LINK_TYPES.ethernet, '020000000001 020000000002 0800'],
    ['802.1Q', LINK_TYPES.ethernet, '020000000001 020000000002 8100 0005 0800'],
    ['Linux cooked', LINK_TYPES.linuxSll, '0000 0304 0006 000000000000 0000 0800'],
    ['Linux cooked v2', LINK_TYPES.linuxSll2, '0800 0000 00000001 0304 00 06 000000000000 0000'],
    ['BSD null', LINK_TYPES.null, '02000000'],
    ['BSD loopback', LINK_TYPES.loop, '00000002'],
    ['raw IP', LINK_TYPES.raw, ''],
  ])('and link layers are peeled off as tshark does: %s', async (_what, linkType, header) => {
    const head = Buffer.from(header.replaceAll(' ', ''), 'hex');
    const made = packets()
      .filter((bytes) => (bytes[0] ?? 0) >> 4 === 4)
      .slice(0, 20)
      .map((bytes) => Buffer.concat([head, bytes]));
    const file = await writePcapng('link.pcapng', made, linkType);
    const theirs = await tshark(file, ['ip.src', 'ip.proto']);
    const ours = (await frames(file)).map(({ bytes, linkType: type }) => {
      const { ip } = parsePacket(bytes, type);
      return ip?.layer === 'ipv4' ? [ip.source, String(ip.protocol)] : [];
    });
    expect(ours).toEqual(theirs);
  });
});

async function frames(file: string): Promise<Frame[]> {
  const found: Frame[] = [];
  const reader = new CaptureReader({ frame: (frame) => found.push({ ...frame, bytes: frame.bytes.slice() }) });
  reader.push(await readFile(file));
  expect(reader.end()).toBeNull();
  return found;
}

describe('the captures that come with the page', () => {
  it('are read by tshark and capinfos without a complaint', async () => {
    const traces = inRepository('web', 'public', 'traces');
    for (const name of await readdir(traces)) {
      const file = join(traces, name);
      const { stderr } = await run('capinfos', [file]);
      expect([name, stderr]).toEqual([name, '']);
      const [first] = await tshark(file, ['frame.comment', 'ip.src', '_ws.malformed']);
      expect(first?.[0]).toMatch(/\.$/);
      expect(first?.[2]).toBe('');
    }
  });
});
