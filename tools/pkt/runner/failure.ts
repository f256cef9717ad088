import type { Place } from '../language/problem.ts';

/** What a script failed for. `expected` and `sent` are packets or results, side by side, where there are two. */
export interface FailureDetail {
  readonly reason: string;
  readonly expected: string | null;
  readonly sent: string | null;
}

/** The host did something else than the script says, at `place`. */
export class ScriptFailure extends Error implements FailureDetail {
  readonly place: Place;
  readonly reason: string;
  readonly expected: string | null;
  readonly sent: string | null;

  constructor(place: Place, { reason, expected, sent }: FailureDetail) {
    super(reason);
    this.name = 'ScriptFailure';
    this.place = place;
    this.reason = reason;
    this.expected = expected;
    this.sent = sent;
  }
}

/** A moment for people: seconds with six digits. */
export function secondsText(us: number): string {
  return `${(us / 1_000_000).toFixed(6)} s`;
}
