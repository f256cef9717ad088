/** Beginning a session, which RFC 3921 §3 had and clients still ask for: nothing is to be done. */
import { NS } from '../namespaces.ts';
import type { IqEntry } from './iq.ts';

/** Answered, and nothing else. */
export const legacySession: IqEntry = {
  ns: NS.session,
  name: 'session',
  at: ['account', 'server'],
  set: () => null,
  features: [],
};
