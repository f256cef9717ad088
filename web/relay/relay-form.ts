import { type RelayRequest, relayRequestSchema } from '#protocol/relay.ts';

/** What is typed for a new relay. */
export interface RelayFormState {
  readonly transport: 'tcp' | 'udp';
  readonly port: string;
  readonly host: string;
  readonly serverPort: string;
  /** Empty: a random one. */
  readonly seed: string;
}

/** A relay on any free port, to a server on this machine. */
export const EMPTY_FORM: RelayFormState = { transport: 'tcp', port: '0', host: 'localhost', serverPort: '', seed: '' };

/** The request that is typed, or `null` when a number is out of its bounds. */
export function readForm({ transport, port, host, serverPort, seed }: RelayFormState): RelayRequest | null {
  const parsed = relayRequestSchema.safeParse({
    transport,
    port: wholeNumber(port),
    target: { host: host.trim(), port: wholeNumber(serverPort) },
    ...(seed.trim() !== '' && { seed: wholeNumber(seed) }),
  });
  return parsed.success ? parsed.data : null;
}

/** The same, as it is typed into a shell. */
export function shellCommand({ transport, port, host, serverPort, seed }: RelayFormState): string {
  const bracketed = host.includes(':') ? `[${host.trim()}]` : host.trim();
  return [
    `npx porthole tap ${port.trim() || '0'} --to ${bracketed}:${serverPort.trim() || 'PORT'}`,
    ...(transport === 'udp' ? ['--udp'] : []),
    ...(seed.trim() === '' ? [] : [`--seed ${seed.trim()}`]),
  ].join(' ');
}

/** NaN, which no schema takes, for what is no plain whole number. */
function wholeNumber(text: string): number {
  return /^\d{1,10}$/.test(text.trim()) ? Number(text) : Number.NaN;
}
