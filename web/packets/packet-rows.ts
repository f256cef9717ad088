/** Packets and events of one flow → rows of its ladder. Pure. */
import { type EndStates, type FollowedSegment, TcpFollower } from '#packets/tcp-follow.ts';
import type { WireEvent } from '#protocol/wire.ts';
import type { HeldPacket } from '../session/packet-log.ts';
import { type Flow, type PlaceInFlow, placeIn } from './packet-ends.ts';

/** A packet of the flow. */
export interface PacketRow {
  readonly type: 'packet';
  readonly key: string;
  readonly packet: HeldPacket;
  readonly place: PlaceInFlow;
  /** What follows from it and those before it; `null` where there is nothing to follow (UDP, ICMP). */
  readonly followed: FollowedSegment | null;
  readonly before: EndStates;
  readonly after: EndStates;
  readonly timeUs: number;
}

/** What the application did at the end whose socket calls were observed. */
export interface CallRow {
  readonly type: 'call';
  readonly key: string;
  readonly event: WireEvent;
  readonly before: EndStates;
  readonly timeUs: number;
}

/** A row of a flow's ladder: a packet, or what a program did. */
export type FlowRow = PacketRow | CallRow;

/** A packet of before this long ahead of the conversation's opening still belongs to it: accept() comes after the handshake. */
export const BEFORE_OPENING_US = 3_000_000;

const UNKNOWN: EndStates = { client: null, server: null };

/**
 * The rows of a flow, in the order of time.
 * @param events of its conversation; none of a file
 * @param sinceUs packets before this moment belong to an earlier flow between the same ends
 */
export function flowRows(
  flow: Flow,
  packets: readonly HeldPacket[],
  events: readonly WireEvent[],
  sinceUs = Number.NEGATIVE_INFINITY,
): FlowRow[] {
  const follower = new TcpFollower();
  const rows: FlowRow[] = [];
  let nextEvent = 0;
  const takeEvents = (untilUs: number): void => {
    for (let event = events[nextEvent]; event && event.timeUs < untilUs; event = events[nextEvent]) {
      const before = flow.transport === 'tcp' && rows.length > 0 ? follower.states : UNKNOWN;
      rows.push({ type: 'call', key: `e${event.seq}`, event, before, timeUs: event.timeUs });
      nextEvent += 1;
    }
  };
  for (const packet of packets) {
    if (packet.timeUs < sinceUs) continue;
    const place = placeIn(flow, packet.packet);
    if (place === null) continue;
    takeEvents(packet.timeUs);
    rows.push(packetRow(packet, place, flow.transport === 'tcp' ? follower : null));
  }
  takeEvents(Number.POSITIVE_INFINITY);
  return rows;
}

function packetRow(held: HeldPacket, place: PlaceInFlow, follower: TcpFollower | null): PacketRow {
  const { transport, payload } = held.packet;
  const before = follower?.states ?? UNKNOWN;
  const followed =
    follower && transport?.layer === 'tcp' && place !== 'about'
      ? follower.follow(transport, payload.end - payload.start, place === 'to-server')
      : null;
  return {
    type: 'packet',
    key: `p${held.number}`,
    packet: held,
    place,
    followed,
    before,
    after: followed?.after ?? before,
    timeUs: held.timeUs,
  };
}
