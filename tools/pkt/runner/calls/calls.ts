/** All socket calls that a script may make. */
import type { CallSpec } from '../../language/script.ts';
import type { Attempt } from '../outcome.ts';
import type { Session } from '../session.ts';
import { CallContext, type CallHandler } from './context.ts';
import { OPENING_CALLS } from './open.ts';
import { OPTION_CALLS } from './options.ts';
import { POLL_CALLS } from './poll.ts';
import { TRANSFER_CALLS } from './transfer.ts';

const CALLS: Readonly<Record<string, CallHandler>> = {
  ...OPENING_CALLS,
  ...TRANSFER_CALLS,
  ...OPTION_CALLS,
  ...POLL_CALLS,
};

/** Begins a call. Throws a ScriptProblem for one, or an argument of one, that is not supported. */
export function beginCall(session: Session, call: CallSpec): Attempt {
  const context = new CallContext(session, call);
  const handler = CALLS[call.name] ?? context.refuse(`the call ${call.name} is not supported`);
  return handler(context);
}
