import type { FrameDirection } from '#packets/capture-file.ts';
import { interfaceBlock, packetBlock, secretsBlock, sectionBlock } from '#packets/pcapng-writer.ts';
import type { DemoAddress } from '#protocol/demos.ts';
import type { HeldPacket } from '../session/packet-log.ts';
import { endsOf } from './packet-ends.ts';

/**
 * A pcapng file of these packets: their interfaces, nanoseconds, lengths and comments as they were captured, and the
 * direction as Porthole sees it: to one of its demos is inbound, from one outbound (on the loopback each is both).
 * @param demos whose ports tell the direction
 * @param secrets lines of a TLS key log, for whoever opens it to decrypt them; default: none
 */
export function pcapngOf(packets: readonly HeldPacket[], demos: readonly DemoAddress[], secrets = ''): Blob {
  const interfaces: { name: string; linkType: number }[] = [];
  const blocks = packets.map((held) => {
    const { interface: name, linkType, seconds, nanoseconds, bytes, originalLength, comment } = held;
    let index = interfaces.findIndex((each) => each.name === name && each.linkType === linkType);
    if (index < 0) index = interfaces.push({ name, linkType }) - 1;
    const direction = directionOf(held, demos);
    return packetBlock({ interface: index, seconds, nanoseconds, bytes, originalLength, comment, direction });
  });
  const described = interfaces.map((each) => interfaceBlock({ ...each, snapLength: 0 }));
  const parts = [
    sectionBlock({ application: 'Porthole' }),
    ...described,
    ...(secrets === '' ? [] : [secretsBlock(secrets)]),
    ...blocks,
  ];
  return new Blob(parts as BlobPart[], { type: 'application/x-pcapng' });
}

/** `null` where it is not one of our demos' packets, or goes from one to another. */
function directionOf({ packet }: HeldPacket, demos: readonly DemoAddress[]): FrameDirection | null {
  const ends = endsOf(packet);
  if (!ends) return null;
  const isOurs = (port: number): boolean =>
    demos.some((demo) => demo.transport === ends.protocol && demo.port === port);
  const [from, to] = [isOurs(ends.source.port), isOurs(ends.destination.port)];
  if (from === to) return null;
  return to ? 'inbound' : 'outbound';
}
