import { isIP } from 'node:net';

/** Whether an address may be reached, and why not. */
export type Verdict = { allowed: true } | { allowed: false; reason: string };

/** What finds a server's addresses. */
export interface TargetOptions {
  readonly lookup: (name: string) => Promise<readonly string[]>;
  readonly mayReach: (address: string, port: number) => Verdict;
}

/** A check can't begin; the message says why, the code is stable. */
export class CheckRefusal extends Error {
  readonly code:
    | 'no-such-challenge'
    | 'unknown-target'
    | 'not-allowed'
    | 'no-port'
    | 'port-taken'
    | 'too-many-checks'
    | 'own-port';

  constructor(code: CheckRefusal['code'], message: string) {
    super(message);
    this.code = code;
  }
}

/** The addresses of a host that may be reached on this port. Rejects with a CheckRefusal where there are none. */
export async function findAddresses(host: string, port: number, options: TargetOptions): Promise<readonly string[]> {
  if (port === 0) throw new CheckRefusal('no-port', 'Name the port of your server, from 1 to 65535.');
  const addresses = isIP(host) > 0 ? [host] : await lookUp(host, options);
  const verdicts = addresses.map((address) => ({ address, verdict: options.mayReach(address, port) }));
  const allowed = verdicts.filter(({ verdict }) => verdict.allowed).map(({ address }) => address);
  const [first] = verdicts;
  if (allowed.length === 0 && first && !first.verdict.allowed)
    throw new CheckRefusal('not-allowed', first.verdict.reason);
  return allowed;
}

async function lookUp(host: string, { lookup }: TargetOptions): Promise<readonly string[]> {
  const addresses = await lookup(host).catch(() => []);
  if (addresses.length > 0) return addresses;
  throw new CheckRefusal('unknown-target', `There is no address for the name ${JSON.stringify(host)}.`);
}
