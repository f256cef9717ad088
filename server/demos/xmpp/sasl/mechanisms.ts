/** The mechanisms, strongest first: clients take the first that they know. */
import type { SaslContext, SaslExchange } from './mechanism.ts';
import { plain } from './plain.ts';
import { scram } from './scram.ts';

/** Whether a password may be sent as it is: under TLS, or on the loopback where nobody listens but us. */
export interface ChannelFacts {
  readonly isSecure: boolean;
  readonly isLoopback: boolean;
}

/** One mechanism by its registered name. */
export interface Mechanism {
  readonly name: string;
  readonly begin: (context: SaslContext) => SaslExchange;
  /** The password crosses the network readably. */
  readonly showsPassword: boolean;
}

const MECHANISMS: readonly Mechanism[] = [
  { name: 'SCRAM-SHA-256', begin: scram('sha256'), showsPassword: false },
  { name: 'SCRAM-SHA-1', begin: scram('sha1'), showsPassword: false },
  { name: 'PLAIN', begin: plain, showsPassword: true },
];

/** What may be used on such a channel. @param plainOnly the test mode, in which any password is right. */
export function mechanismsFor(channel: ChannelFacts, plainOnly: boolean): readonly Mechanism[] {
  return MECHANISMS.filter(({ showsPassword }) =>
    showsPassword ? channel.isSecure || channel.isLoopback : !plainOnly,
  );
}
