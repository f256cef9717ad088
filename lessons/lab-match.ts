import type { LabCheck, LabSighting } from './lab-checks.ts';
import type { Facts } from './match.ts';

const US_A_MS = 1000;

/** Counts what fits; answers, when there were enough, what can be said of the last. */
export type LabJudge = (sighting: LabSighting) => Facts | null;

/** A judge of what happens from now on. */
export function labJudge(check: LabCheck): LabJudge {
  switch (check.kind) {
    case 'lab-sent':
    case 'lab-lost':
    case 'lab-arrived':
      return counting(check.times ?? 1, (seen) => isPacket(check, seen));
    case 'lab-state':
      return counting(1, (seen) => seen.kind === 'state' && seen.to === check.state && isOf(seen.host, check.host));
    case 'lab-printed':
      return counting(
        1,
        (seen) => seen.kind === 'printed' && seen.text.includes(check.text) && isOf(seen.host, check.host),
      );
    case 'lab-cwnd':
      return counting(
        1,
        (seen) => seen.kind === 'congestion' && seen.host === check.host && seen.cwnd >= check.atLeast,
      );
    case 'lab-halved':
      return counting(check.times ?? 1, comesDown(check.host));
  }
}

function isPacket(
  check: Extract<LabCheck, { kind: 'lab-sent' | 'lab-lost' | 'lab-arrived' }>,
  seen: LabSighting,
): boolean {
  if (seen.kind === 'state' || seen.kind === 'printed' || seen.kind === 'congestion') return false;
  if (check.kind !== `lab-${seen.kind}` || !isOf(seen.from, check.from)) return false;
  if (check.is !== undefined && seen.is !== check.is) return false;
  switch (check.kind) {
    case 'lab-sent':
      if (check.rule !== undefined && seen.rule !== check.rule) return false;
      return check.zeroWindow === undefined || seen.window === 0;
    case 'lab-lost':
      return check.cause === undefined || seen.cause === check.cause;
    case 'lab-arrived':
      return check.overtaken === undefined || seen.overtaken;
  }
}

function isOf(host: string, wanted: string | undefined): boolean {
  return wanted === undefined || host === wanted;
}

/** Whether the threshold is lower than it was; a new connection begins high, and that is no fall. */
function comesDown(host: string): (seen: LabSighting) => boolean {
  let last: number | null = null;
  return (seen) => {
    if (seen.kind !== 'congestion' || seen.host !== host) return false;
    const fell = last !== null && seen.ssthresh < last;
    last = seen.ssthresh;
    return fell;
  };
}

function counting(times: number, fits: (seen: LabSighting) => boolean): LabJudge {
  let count = 0;
  return (seen) => {
    if (!fits(seen)) return null;
    count += 1;
    return count >= times ? labFacts(seen, count) : null;
  };
}

/** Names of what can be said of a sighting; numbers of rules besides. */
export const LAB_FACT_NAMES: readonly string[] = [
  'at',
  'count',
  'payload',
  'window',
  'printed',
  'cwnd',
  'ssthresh',
  'rto',
];

function labFacts(seen: LabSighting, count: number): Facts {
  const facts: Record<string, string> = { at: milliseconds(seen.atUs), count: String(count) };
  if (seen.kind === 'printed') facts.printed = seen.text;
  else if (seen.kind === 'congestion') {
    facts.cwnd = String(seen.cwnd);
    facts.ssthresh = String(seen.ssthresh);
  } else if (seen.kind !== 'state') {
    facts.payload = String(seen.payload);
    if (seen.window !== null) facts.window = String(seen.window);
    if (seen.numbers.rto !== undefined) facts.rto = milliseconds(seen.numbers.rto);
    if (seen.numbers.cwnd !== undefined) facts.cwnd = String(seen.numbers.cwnd);
    if (seen.numbers.ssthresh !== undefined) facts.ssthresh = String(seen.numbers.ssthresh);
  }
  return facts;
}

function milliseconds(us: number): string {
  return String(Math.round(us / US_A_MS));
}
