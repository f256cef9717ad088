/** How often a connection answers what may be a blind guess, or an echo of its own answers: RFC 5961 §7. */
import type { Because } from '../because.ts';
import { SECOND_US } from '../time.ts';
import type { Turn } from '../turn.ts';
import { emitAck } from './emit.ts';
import type { Tcb } from './tcb.ts';

/** RFC 5961 §7: "e.g., no more than 10 ACK segments in any 5-second window". */
const MAX_ANSWERS = 10;
const WINDOW_US = 5 * SECOND_US;

/** Whether one more answer may be sent now; it is counted. */
export function mayAnswer(turn: Turn, tcb: Tcb): boolean {
  if (turn.now - tcb.answersSince >= WINDOW_US) {
    tcb.answersSince = turn.now;
    tcb.answers = 0;
  }
  tcb.answers += 1;
  return tcb.answers <= MAX_ANSWERS;
}

/** RFC 5961 §3.2, §4.2: asks the peer whether it meant that. */
export function challenge(turn: Turn, tcb: Tcb, reason: Because): void {
  if (mayAnswer(turn, tcb)) emitAck(turn, tcb, reason);
}
