/** Switches copies on and off; they are made in ../carbons.ts. https://xmpp.org/extensions/xep-0280.html */
import { NS } from '../namespaces.ts';
import type { IqEntry } from './iq.ts';

/** From now on this client gets copies. */
export const carbonsOn: IqEntry = {
  ns: NS.carbons,
  name: 'enable',
  at: ['account', 'server'],
  set: ({ session }) => {
    session.wantsCarbons = true;
    return null;
  },
};

/** No more copies. */
export const carbonsOff: IqEntry = {
  ns: NS.carbons,
  name: 'disable',
  at: ['account', 'server'],
  set: ({ session }) => {
    session.wantsCarbons = false;
    return null;
  },
};
