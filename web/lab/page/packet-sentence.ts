/** A packet and what became of it, in a sentence: for screen readers, the table and the line below the diagram. */

import { formatCount, formatDuration, formatMs } from '../../workbench/format.ts';
import type { PacketRecord } from '../net/packet-record.ts';
import type { Because } from '../stack/because.ts';
import { RULES } from '../stack/because.ts';
import { discardText, type LabWords } from './ladder/ladder-notes.ts';
import type { PacketFacts } from './packet-book.ts';
import { packetLabel } from './packet-label.ts';

/** `alice sends 1:1461 at 40.000 ms; arrives at 60.000 ms.` */
export function packetSentence(
  t: LabWords,
  facts: PacketFacts | undefined,
  record: PacketRecord | undefined,
  names: Readonly<Record<'a' | 'b', string>>,
): string {
  if (!facts || !record) return '';
  const { name, rest } = packetLabel(facts);
  const sent = t('sentence.sent', {
    host: names[record.from],
    packet: `${name} ${rest}`.trim(),
    at: formatMs(record.sentAt),
  });
  return `${sent} ${fateText(t, record)}`;
}

/** What became of a packet, or will. */
export function fateText(t: LabWords, { lost, arrivals }: PacketRecord): string {
  if (lost) return t('sentence.lost', { at: formatMs(lost.at), cause: t(`arrow.lost.${lost.cause}`) });
  const parts = arrivals.map((arrival) => {
    const key = arrival.done ? 'sentence.arrived' : 'sentence.flying';
    const fate = t(key, { at: formatMs(arrival.at) });
    const damaged = arrival.damaged ? ` (${t('arrow.damaged')})` : '';
    const ignored = arrival.discarded ? ` ${t('note.ignored', { reason: discardText(t, arrival.discarded) })}` : '';
    return fate + damaged + ignored;
  });
  return parts.join(' ');
}

/** Names of numbers that are times in microseconds; the rest are octets or counts. */
const TIMES = new Set([
  'rto',
  'srtt',
  'rttvar',
  'delay',
  'waited',
  'idle',
  'after',
  'timeout',
  'interval',
  'msl',
  'age',
]);

/** The numbers of a decision: `cwnd 14 600 · rto 1.00 s`. */
export function numbersText({ numbers }: Because): string {
  return Object.entries(numbers)
    .map(([name, value]) => `${name} ${TIMES.has(name) ? formatDuration(value) : formatCount(value)}`)
    .join(' · ');
}

/** Where the rule of a decision stands. */
export function sourceOf({ rule }: Because): string {
  return RULES[rule];
}
