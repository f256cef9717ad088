/** Are you there? https://xmpp.org/extensions/xep-0199.html */
import { NS } from '../namespaces.ts';
import type { IqEntry } from './iq.ts';

/** The smallest request there is. */
export const ping: IqEntry = { ns: NS.ping, name: 'ping', at: ['account', 'server'], get: () => null };
