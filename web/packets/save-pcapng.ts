import { interfaceBlock, packetBlock, sectionBlock } from '#packets/pcapng-writer.ts';
import type { HeldPacket } from '../session/packet-log.ts';

/** A pcapng file of these packets: their interfaces, nanoseconds, lengths and comments as they were captured. */
export function pcapngOf(packets: readonly HeldPacket[]): Blob {
  const interfaces: { name: string; linkType: number }[] = [];
  const blocks = packets.map((held) => {
    const { interface: name, linkType, seconds, nanoseconds, bytes, originalLength, comment } = held;
    let index = interfaces.findIndex((each) => each.name === name && each.linkType === linkType);
    if (index < 0) index = interfaces.push({ name, linkType }) - 1;
    return packetBlock({ interface: index, seconds, nanoseconds, bytes, originalLength, comment });
  });
  const described = interfaces.map((each) => interfaceBlock({ ...each, snapLength: 0 }));
  const parts = [sectionBlock({ application: 'Porthole' }), ...described, ...blocks];
  return new Blob(parts as BlobPart[], { type: 'application/x-pcapng' });
}

/** Has the browser save a file. */
export function saveBlob(name: string, blob: Blob): void {
  const url = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The browser has begun to read it by then; kept for ever it would be a leak.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
