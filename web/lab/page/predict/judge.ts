/** A prediction of the next packet, compared with what the stack sent. */
import { TCP_FLAGS } from '#packets/tcp.ts';
import type { HostId } from '../../net/link-settings.ts';
import type { PacketFacts } from '../packet-book.ts';

/** Control bits that are asked for; PSH is a matter of taste and not judged. */
export const ASKED_FLAGS = ['syn', 'ack', 'fin', 'rst'] as const;
export type AskedFlag = (typeof ASKED_FLAGS)[number];

/** What the learner says. `from: null`: nobody sends anything any more. Numbers left open are not judged. */
export interface Prediction {
  readonly from: HostId | null;
  readonly flags: readonly AskedFlag[];
  readonly sequence: number | null;
  readonly acknowledgment: number | null;
  readonly length: number | null;
}

/** One thing compared; `said` is `null` where nothing was said. */
export interface Verdict {
  readonly what: 'from' | 'flags' | 'sequence' | 'acknowledgment' | 'length';
  readonly said: string | number | null;
  readonly was: string | number | null;
  readonly right: boolean;
}

/** Compares; `facts` is `null` where nobody sent anything. */
export function judge(said: Prediction, facts: PacketFacts | null): readonly Verdict[] {
  const verdicts = [verdict('from', said.from, facts?.from ?? null)];
  if (!facts || said.from === null) return verdicts;
  const isTcp = facts.flow.protocol === 'tcp';
  if (isTcp) verdicts.push(verdict('flags', flagText(said.flags), flagText(flagsOf(facts.flags))));
  if (isTcp) verdicts.push(...judgeNumber('sequence', said.sequence, facts.sequence));
  if (isTcp) verdicts.push(...judgeNumber('acknowledgment', said.acknowledgment, facts.acknowledgment));
  verdicts.push(...judgeNumber('length', said.length, facts.length));
  return verdicts;
}

/** Whether everything that was said is right. */
export function isRight(verdicts: readonly Verdict[]): boolean {
  return verdicts.every(({ right }) => right);
}

/** The asked control bits in a packet's flags. */
function flagsOf(flags: number): readonly AskedFlag[] {
  return ASKED_FLAGS.filter((name) => (flags & TCP_FLAGS[name]) !== 0);
}

/** `SYN ACK`; `—` without any. */
function flagText(flags: readonly AskedFlag[]): string {
  const text = ASKED_FLAGS.filter((name) => flags.includes(name)).map((name) => name.toUpperCase());
  return text.length === 0 ? '—' : text.join(' ');
}

function verdict(what: Verdict['what'], said: Verdict['said'], was: Verdict['was']): Verdict {
  return { what, said, was, right: said === was };
}

function judgeNumber(what: Verdict['what'], said: number | null, was: number | null): readonly Verdict[] {
  return said === null ? [] : [verdict(what, said, was)];
}
