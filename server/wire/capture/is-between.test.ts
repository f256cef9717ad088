import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import type { Frame } from '../../packets/capture-file.ts';
import { CaptureReader } from '../../packets/capture-reader.ts';
import { parsePacket } from '../../packets/packet.ts';
import { isBetween } from './is-between.ts';

/** The packets of a capture that comes with the page. */
function packetsOf(trace: string): Frame[] {
  const frames: Frame[] = [];
  const reader = new CaptureReader({ frame: (each) => frames.push({ ...each, bytes: each.bytes.slice() }) });
  reader.push(readFileSync(`web/public/traces/${trace}.pcapng`));
  return frames;
}

it('finds the packets of a conversation both ways, with the ICMP error that quotes one, and no others', () => {
  const frames = packetsOf('unreachable');
  const first = frames[0] && parsePacket(frames[0].bytes, frames[0].linkType);
  if (!first?.ip || first.transport?.layer !== 'udp') throw new Error('the capture begins with a datagram');
  const client = { address: first.ip.source, port: first.transport.sourcePort };
  const server = { address: first.ip.destination, port: first.transport.destinationPort };
  const between = (ends: Parameters<typeof isBetween>[0]) =>
    frames.filter(({ bytes, linkType }) => isBetween(ends, bytes, linkType)).length;
  expect(between({ transport: 'udp', client, server })).toBeGreaterThan(1);
  expect(between({ transport: 'udp', client: server, server: client })).toBe(
    between({ transport: 'udp', client, server }),
  );
  expect(between({ transport: 'tcp', client, server })).toBe(0);
  expect(between({ transport: 'udp', client: { ...client, port: client.port ^ 1 }, server })).toBe(0);
});
