/** What of a run is visible in a window of the ladder, as shapes. Pure: no canvas, no words of a language. */
import type { HostId, WireSettings } from '../../net/link-settings.ts';
import type { LossCause, PacketRecord } from '../../net/packet-record.ts';
import type { SimTime } from '../../stack/time.ts';
import type { PacketBook } from '../packet-book.ts';
import { type PacketLabel, packetLabel } from '../packet-label.ts';
import type { Columns } from './ladder-geometry.ts';
import type { LadderLayout } from './ladder-layout.ts';

/** A way that one copy of a packet went, or is going. */
export interface ArrowShape {
  readonly packet: number;
  readonly copy: number;
  readonly from: HostId;
  readonly x0: number;
  readonly y0: number;
  readonly x1: number;
  readonly y1: number;
  readonly end: 'arrived' | 'flying' | 'lost';
  readonly cause: LossCause | null;
  /** Its sequence space was sent before. */
  readonly again: boolean;
  /** A second copy that the wire made. */
  readonly duplicate: boolean;
  readonly damaged: boolean;
  readonly overtaken: boolean;
  /** The receiver ignored it. */
  readonly ignored: boolean;
  /** Of another flow than the one looked at. */
  readonly dim: boolean;
  readonly selected: boolean;
  /** `null` where there is no room for it. */
  readonly label: PacketLabel | null;
}

/** The part of the diagram that is looked at. Heights are those of the whole diagram. */
export interface SceneWindow {
  readonly top: number;
  readonly height: number;
  readonly columns: Columns;
}

/** What a scene is made of. */
export interface SceneSource {
  readonly packets: readonly PacketRecord[];
  readonly now: SimTime;
  readonly book: PacketBook;
  readonly layout: LadderLayout;
  readonly wire: WireSettings;
  readonly selected: number | null;
  /** Flow that is looked at; `null`: all alike. */
  readonly flow: number | null;
}

/** Least distance of two labels on the same side. */
const LABEL_PX = 13;

/** Part of the way at which a packet that the queue or the MTU refused is crossed out. */
const REFUSED_AT = 0.04;

/** A packet that was taken by hand never quite touches the other side. */
const HAND_MOST = 0.94;

/** Where the wire's dice and rules take a packet. */
const HALF_WAY = 0.5;

/** The arrows of a window, in the order of sending. */
export function arrowsIn(source: SceneSource, view: SceneWindow): readonly ArrowShape[] {
  const arrows: ArrowShape[] = [];
  const labelled: Record<HostId, number> = { a: Number.NEGATIVE_INFINITY, b: Number.NEGATIVE_INFINITY };
  const nowY = source.layout.yAt(source.now);
  for (const record of source.packets) {
    const sentY = source.layout.sentY(record.id);
    if (sentY === null || sentY > view.top + view.height) break;
    if (isBehind(record, source.layout, view.top)) continue;
    for (const way of waysOf(record, source, nowY)) {
      if (way.y < view.top) continue;
      const arrow = arrowOf(record, way, sentY, source, view.columns);
      const hasRoom = arrow.selected || sentY - labelled[record.from] >= LABEL_PX;
      if (hasRoom) labelled[record.from] = sentY;
      arrows.push(hasRoom && way.copy === 0 ? { ...arrow, label: labelOf(source, record.id) } : arrow);
    }
  }
  return arrows;
}

/** Whether all that can happen to a packet has happened above the window: the usual case in a long run. */
function isBehind({ id, arrivals }: PacketRecord, layout: LadderLayout, top: number): boolean {
  return layout.lastY(id) < top && arrivals.length === 1 && arrivals[0]?.done === true;
}

/** One copy's end as far as it has come; `share` of the way is behind it. */
interface Way {
  readonly copy: number;
  readonly y: number;
  readonly share: number;
  readonly end: ArrowShape['end'];
  readonly damaged: boolean;
  readonly ignored: boolean;
  readonly cause: LossCause | null;
}

function waysOf(record: PacketRecord, { now, layout, wire }: SceneSource, nowY: number): readonly Way[] {
  const { lost, departedAt, arrivals } = record;
  if (lost && lost.at <= now) {
    const share = lostShare(record, wire[record.from].delayUs);
    return [{ copy: 0, y: layout.yAt(lost.at), share, end: 'lost', damaged: false, ignored: false, cause: lost.cause }];
  }
  return arrivals.map((arrival, copy): Way => {
    const flownAt = (at: SimTime): number => Math.max(0, at - departedAt) / Math.max(1, arrival.at - departedAt);
    const damaged = arrival.damaged !== null;
    // One copy of two that was taken off the wire by hand.
    if (arrival.discarded === 'hand') {
      const share = Math.min(HAND_MOST, (arrival.at - departedAt) / Math.max(1, wire[record.from].delayUs));
      return { copy, y: layout.yAt(arrival.at), share, end: 'lost', damaged, ignored: false, cause: 'hand' };
    }
    const arrivedY = arrival.done ? layout.arrivedY(record.id, copy) : null;
    return {
      copy,
      y: arrivedY ?? nowY,
      share: arrivedY === null ? Math.min(1, flownAt(now)) : 1,
      end: arrivedY === null ? 'flying' : 'arrived',
      damaged,
      ignored: arrival.discarded !== null,
      cause: null,
    };
  });
}

function lostShare({ lost, departedAt }: PacketRecord, delayUs: number): number {
  if (lost?.cause === 'queue' || lost?.cause === 'mtu') return REFUSED_AT;
  if (lost?.cause !== 'hand') return HALF_WAY;
  const flown = ((lost?.at ?? departedAt) - departedAt) / Math.max(1, delayUs);
  return Math.min(HAND_MOST, flown);
}

function arrowOf(record: PacketRecord, way: Way, sentY: number, source: SceneSource, columns: Columns): ArrowShape {
  const facts = source.book.get(record.id);
  const [start, target] = record.from === 'a' ? [columns.a, columns.b] : [columns.b, columns.a];
  return {
    packet: record.id,
    copy: way.copy,
    from: record.from,
    x0: start,
    y0: sentY,
    x1: start + (target - start) * way.share,
    y1: Math.max(way.y, sentY),
    end: way.end,
    cause: way.cause,
    again: facts?.again ?? false,
    duplicate: way.copy > 0,
    damaged: way.damaged,
    overtaken: record.overtaken,
    ignored: way.ignored,
    dim: source.flow !== null && facts !== undefined && facts.flow.id !== source.flow,
    selected: source.selected === record.id,
    label: null,
  };
}

function labelOf({ book }: SceneSource, packet: number): PacketLabel | null {
  const facts = book.get(packet);
  return facts ? packetLabel(facts) : null;
}

/** How near a point must be to an arrow, and to the head of one in flight, to mean it. */
const NEAR_PX = 7;
const NEAR_HEAD_PX = 18;

/** The arrow that a point of the diagram means; a head in flight goes before everything else. */
export function arrowAt(arrows: readonly ArrowShape[], x: number, y: number): ArrowShape | null {
  let best: ArrowShape | null = null;
  let least = Number.POSITIVE_INFINITY;
  for (const arrow of arrows) {
    const isHead = arrow.end === 'flying' && Math.hypot(x - arrow.x1, y - arrow.y1) <= NEAR_HEAD_PX;
    const away = isHead ? -1 : distanceTo(arrow, x, y);
    if (away <= NEAR_PX && away < least) [best, least] = [arrow, away];
  }
  return best;
}

function distanceTo({ x0, y0, x1, y1 }: ArrowShape, x: number, y: number): number {
  const [dx, dy] = [x1 - x0, y1 - y0];
  const along = ((x - x0) * dx + (y - y0) * dy) / Math.max(1, dx * dx + dy * dy);
  const part = Math.min(1, Math.max(0, along));
  return Math.hypot(x - (x0 + part * dx), y - (y0 + part * dy));
}
