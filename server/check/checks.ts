import { isIPv4 } from 'node:net';
import type { ChallengeInfo, CheckRequest, CheckRun } from '#protocol/check.ts';
import { Arrivals } from './arrivals.ts';
import { CHALLENGES, challengeById } from './catalogue.ts';
import { type Challenge, infoOf } from './challenge.ts';
import type { CheckClock } from './clock.ts';
import { MAX_REMEMBERED, MAX_RUNNING } from './limits.ts';
import { RunningCheck } from './running-check.ts';
import { CheckRefusal, findAddresses, type TargetOptions } from './target.ts';

/** What checks need of their surroundings. */
export interface ChecksOptions extends TargetOptions {
  readonly clock: CheckClock;
  readonly randomSeed: () => number;
  /** Whether a port is Porthole's own page, whose traffic must not feed its own journal. */
  readonly isPagePort: (port: number) => boolean;
  /** Told of every change of a check. */
  readonly changed?: (run: CheckRun) => void;
}

/** The checks of one Porthole: those that run, and the latest that have ended. */
export class Checks {
  readonly #options: ChecksOptions;
  readonly #checks = new Map<number, RunningCheck>();
  #lastId = 0;

  constructor(options: ChecksOptions) {
    this.#options = options;
  }

  /** What can be checked. */
  catalogue(): ChallengeInfo[] {
    return CHALLENGES.map(infoOf);
  }

  /** Begins a check. Rejects with a CheckRefusal. */
  async start(request: CheckRequest): Promise<CheckRun> {
    return (await this.begin(request)).report;
  }

  /** Begins a check, and gives it out of hand. Rejects with a CheckRefusal. */
  async begin({ challenge: id, host, port, seed }: CheckRequest): Promise<RunningCheck> {
    const challenge = challengeById(id);
    if (!challenge) throw noSuchChallenge(id);
    if (this.#running() >= MAX_RUNNING)
      throw new CheckRefusal('too-many-checks', `${MAX_RUNNING} checks run already; wait for one of them, or stop it.`);
    const { target, arrivals } = await this.#ends(challenge, host, port);
    this.#lastId += 1;
    const check = new RunningCheck({
      id: this.#lastId,
      challenge,
      target,
      arrivals,
      clock: this.#options.clock,
      seed: seed ?? this.#options.randomSeed(),
      ...(this.#options.changed && { changed: this.#options.changed }),
    });
    this.#checks.set(check.id, check);
    this.#forget();
    return check;
  }

  /** How a check fares; `null` when it is not remembered. */
  find(id: number): CheckRun | null {
    return this.#checks.get(id)?.report ?? null;
  }

  /** Stops a check and forgets it; false when there is none. */
  async remove(id: number): Promise<boolean> {
    const check = this.#checks.get(id);
    if (!check) return false;
    this.#checks.delete(id);
    await check.stop();
    return true;
  }

  /** Stops all of them. */
  async close(): Promise<void> {
    await Promise.all([...this.#checks.keys()].map((id) => this.remove(id)));
  }

  async #ends(challenge: Challenge, host: string, port: number) {
    if (challenge.writes === 'client') {
      const arrivals = await listen(port);
      const { address } = arrivals.endpoint;
      return { arrivals, target: { port: arrivals.endpoint.port, addresses: [address], chosen: address } };
    }
    if (this.#options.isPagePort(port))
      throw new CheckRefusal('own-port', `Port ${port} is Porthole’s own page. Name the port of your server.`);
    const addresses = await findAddresses(host, port, this.#options);
    if (challenge.transport === 'tcp') return { arrivals: null, target: { port, addresses, chosen: null } };
    // Without a handshake nobody says which address is the right one; a server that listens on both has IPv4, too.
    const chosen = addresses.find((address) => isIPv4(address)) ?? addresses[0] ?? null;
    return { arrivals: null, target: { port, addresses, chosen } };
  }

  #running(): number {
    return [...this.#checks.values()].filter((check) => check.isRunning).length;
  }

  #forget(): void {
    for (const [id, check] of this.#checks) {
      if (this.#checks.size <= MAX_REMEMBERED) return;
      if (!check.isRunning) this.#checks.delete(id);
    }
  }
}

async function listen(port: number): Promise<Arrivals> {
  try {
    return await Arrivals.listen(port);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code !== 'EADDRINUSE' && code !== 'EACCES') throw error;
    throw new CheckRefusal(
      'port-taken',
      `Port ${port} is taken or not allowed. Choose another, or 0 for any that is free.`,
    );
  }
}

function noSuchChallenge(id: string): CheckRefusal {
  const known = CHALLENGES.map((challenge) => challenge.id).join(', ');
  return new CheckRefusal('no-such-challenge', `There is no challenge ${JSON.stringify(id)}. There are: ${known}.`);
}
