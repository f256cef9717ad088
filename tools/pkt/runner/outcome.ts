/** What a socket call comes to. */

/** `value` is -1 when it failed with `error`; `mismatch` says what else is not as the script expects. */
export interface Outcome {
  readonly value: number;
  readonly error: string | null;
  readonly mismatch: string | null;
}

/** Tries a call; `null`: it would block. Asked again whenever something has happened. */
export type Attempt = () => Outcome | null;

/** A call that went well. */
export function success(value = 0, mismatch: string | null = null): Outcome {
  return { value, error: null, mismatch };
}

/** A call that failed with this errno name. */
export function failure(error: string): Outcome {
  return { value: -1, error, mismatch: null };
}

/** An attempt that has come to its end at once. */
export function settled(outcome: Outcome): Attempt {
  return () => outcome;
}
