/** What one host's own capture of a run would hold: packets as they left it, and as they reached it. */
import { LINK_TYPES } from '#packets/link.ts';
import { interfaceBlock, packetBlock, sectionBlock } from '#packets/pcapng-writer.ts';
import type { HostId } from '../../net/link-settings.ts';
import type { PacketRecord } from '../../net/packet-record.ts';
import type { SimTime } from '../../stack/time.ts';

const US_PER_S = 1_000_000;
const NS_PER_US = 1_000;

/** One packet at a host's interface. */
interface Seen {
  readonly at: SimTime;
  readonly bytes: Uint8Array;
  readonly direction: 'inbound' | 'outbound';
  readonly comment: string | null;
}

/**
 * A pcapng file of what passes a host's interface, in the order of time: what is lost behind it is in it, what is lost
 * before it is not. Times count from the beginning of the run; comments hold the rule by which a packet was sent.
 */
export function pcapngOf(packets: readonly PacketRecord[], host: HostId, name: string): Uint8Array[] {
  const seen = packets.flatMap((packet) => seenBy(packet, host)).sort((one, two) => one.at - two.at);
  const blocks = seen.map(({ at, bytes, direction, comment }) =>
    packetBlock({
      interface: 0,
      seconds: Math.floor(at / US_PER_S),
      nanoseconds: (at % US_PER_S) * NS_PER_US,
      bytes,
      direction,
      comment,
    }),
  );
  const section = sectionBlock({ application: 'Porthole', comment: `the lab: simulated, as ${name} saw it` });
  return [section, interfaceBlock({ name, linkType: LINK_TYPES.raw, snapLength: 0 }), ...blocks];
}

function seenBy({ from, sentAt, bytes, because, arrivals }: PacketRecord, host: HostId): Seen[] {
  if (from === host) return [{ at: sentAt, bytes, direction: 'outbound', comment: because.rule }];
  return arrivals
    .filter(({ done }) => done)
    .map(({ at, damaged, discarded }) => ({
      at,
      bytes: damaged ?? bytes,
      direction: 'inbound',
      comment: discarded === null ? null : `ignored: ${discarded}`,
    }));
}
