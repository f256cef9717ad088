/** Protection against wrapped sequence numbers: RFC 7323 §5; which timestamp is echoed: §4.3. */
import { TCP_FLAGS } from '#packets/tcp.ts';
import { before } from '../sequence.ts';
import { SECOND_US } from '../time.ts';
import type { Turn } from '../turn.ts';
import { has, type Segment } from './segment.ts';
import type { Tcb } from './tcb.ts';

/** RFC 7323 §5.5: a remembered timestamp means nothing after 24 days. */
const STALE_US = 24 * 24 * 3600 * SECOND_US;

/** RFC 7323 §5.3 R1: whether the segment is older than one that has been taken. A RST is not judged (§5.2). */
export function isOldDuplicate(turn: Turn, tcb: Tcb, segment: Segment): boolean {
  if (!tcb.timestampsOn || segment.timestamps === null || has(segment, TCP_FLAGS.rst)) return false;
  return before(segment.timestamps.value, tcb.tsRecent) && turn.now - tcb.tsRecentAt < STALE_US;
}

/** RFC 7323 §4.3 (2): of the segment that reaches the left edge of what was last acknowledged. */
export function rememberTimestamp(turn: Turn, tcb: Tcb, segment: Segment): void {
  if (!tcb.timestampsOn || segment.timestamps === null) return;
  const { value } = segment.timestamps;
  if (before(value, tcb.tsRecent) || before(tcb.lastAckSent, segment.seq)) return;
  tcb.tsRecent = value;
  tcb.tsRecentAt = turn.now;
}
