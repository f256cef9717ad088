import { type ChallengeInfo, type CheckRequest, checkRequestSchema } from '#protocol/check.ts';

/** What is typed: where the learner's server is, or the port to wait for a client on. */
export interface TargetForm {
  readonly host: string;
  readonly port: string;
}

/** Nothing typed yet. */
export function emptyTarget({ writes }: Pick<ChallengeInfo, 'writes'>): TargetForm {
  return { host: 'localhost', port: writes === 'client' ? '0' : '' };
}

/** The request that is typed, or `null` when it can't be one: a server listens on a port, which is not 0. */
export function readTarget({ id, writes }: ChallengeInfo, { host, port }: TargetForm): CheckRequest | null {
  const parsed = checkRequestSchema.safeParse({
    challenge: id,
    host: host.trim(),
    port: /^\d{1,5}$/.test(port.trim()) ? Number(port) : Number.NaN,
  });
  return parsed.success && (writes === 'client' || parsed.data.port > 0) ? parsed.data : null;
}

/** The same check, as it is typed into a shell. */
export function shellCommand({ id, writes }: ChallengeInfo, { host, port }: TargetForm): string {
  const elsewhere = host.trim() === '' || host.trim() === 'localhost' || writes === 'client';
  const named = port.trim() === '' || (writes === 'client' && port.trim() === '0') ? '9000' : port.trim();
  return `npx porthole check ${id} --port ${named}${elsewhere ? '' : ` --host ${host.trim()}`}`;
}
