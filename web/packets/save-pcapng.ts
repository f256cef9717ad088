import { interfaceBlock, packetBlock, secretsBlock, sectionBlock } from '#packets/pcapng-writer.ts';
import type { HeldPacket } from '../session/packet-log.ts';

/**
 * A pcapng file of these packets: their interfaces, nanoseconds, lengths and comments as they were captured.
 * @param secrets lines of a TLS key log, for whoever opens it to decrypt them; default: none
 */
export function pcapngOf(packets: readonly HeldPacket[], secrets = ''): Blob {
  const interfaces: { name: string; linkType: number }[] = [];
  const blocks = packets.map((held) => {
    const { interface: name, linkType, seconds, nanoseconds, bytes, originalLength, comment } = held;
    let index = interfaces.findIndex((each) => each.name === name && each.linkType === linkType);
    if (index < 0) index = interfaces.push({ name, linkType }) - 1;
    return packetBlock({ interface: index, seconds, nanoseconds, bytes, originalLength, comment });
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
