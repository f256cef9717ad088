/** Whether a call came to what the script says. */
import type { CallSpec } from '../language/script.ts';
import { CONSTANTS } from './constants.ts';
import type { Outcome } from './outcome.ts';
import { numberOf } from './values.ts';

/** What was expected differently, and what there was; `null`: as expected. */
export function resultMismatch(
  call: CallSpec,
  outcome: Outcome,
): { readonly reason: string; readonly got: string } | null {
  const got = outcome.error === null ? String(outcome.value) : `-1 ${outcome.error}`;
  const wanted = numberOf(call.result);
  if (wanted !== null && wanted !== outcome.value)
    return { reason: `${call.name}: expected ${shown(call)}, got ${got}`, got };
  if (!sameError(call.error, outcome.error))
    return { reason: `${call.name}: expected ${shown(call)}, got ${got}`, got };
  return outcome.mismatch === null ? null : { reason: `${call.name}: ${outcome.mismatch}`, got };
}

function shown(call: CallSpec): string {
  const value = numberOf(call.result);
  return `${value ?? 'any result'}${call.error === null ? '' : ` ${call.error}`}`;
}

/** EAGAIN and EWOULDBLOCK are one error. An error that the script does not name may be any. */
function sameError(expected: string | null, actual: string | null): boolean {
  if (expected === null) return true;
  return actual !== null && (expected === actual || CONSTANTS[expected] === CONSTANTS[actual]);
}
