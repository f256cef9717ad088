/** What a run has written down so far. It only grows, but for stepping back, which cuts it. */
import type { HostId } from './link-settings.ts';
import type { PacketRecord } from './packet-record.ts';
import type { RunEvent } from './run-event.ts';
import type { Sample } from './sample.ts';

/** Samples by connection number. */
export type Histories = Map<number, Sample[]>;

/** Events, packets and samples, in the order of time. */
export interface RunRecord {
  readonly events: RunEvent[];
  /** The tick of each event. */
  readonly ticks: number[];
  /** By id. Entries are replaced as their packets fare. */
  readonly packets: PacketRecord[];
  readonly histories: Readonly<Record<HostId, Histories>>;
}

/** Nothing has happened yet. */
export function emptyRecord(): RunRecord {
  return { events: [], ticks: [], packets: [], histories: { a: new Map(), b: new Map() } };
}

/** Where a record stood. */
export interface RecordMark {
  readonly events: number;
  readonly packets: readonly PacketRecord[];
  readonly samples: Readonly<Record<HostId, ReadonlyMap<number, number>>>;
}

/** Where a record stands now. */
export function markOf({ events, packets, histories }: RunRecord): RecordMark {
  return {
    events: events.length,
    packets: [...packets],
    samples: { a: lengths(histories.a), b: lengths(histories.b) },
  };
}

/** A record as it was before anything happened. */
const NOTHING: RecordMark = { events: 0, packets: [], samples: { a: new Map(), b: new Map() } };

/** Takes a record back to its beginning. */
export function clearRecord(record: RunRecord): void {
  cutTo(record, NOTHING);
}

/** Takes a record back to where it stood. */
export function cutTo(record: RunRecord, mark: RecordMark): void {
  record.events.length = mark.events;
  record.ticks.length = mark.events;
  record.packets.length = 0;
  for (const packet of mark.packets) record.packets.push(packet);
  for (const host of ['a', 'b'] as const) {
    for (const [connection, samples] of record.histories[host]) {
      const length = mark.samples[host].get(connection);
      if (length === undefined) record.histories[host].delete(connection);
      else samples.length = length;
    }
  }
}

function lengths(histories: Histories): Map<number, number> {
  return new Map([...histories].map(([connection, samples]) => [connection, samples.length]));
}
