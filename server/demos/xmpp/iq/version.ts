/** Which software is this? https://xmpp.org/extensions/xep-0092.html */
import { NS } from '../namespaces.ts';
import { xml } from '../xml/element.ts';
import type { IqEntry } from './iq.ts';

/** Name, version and system. */
export const version: IqEntry = {
  ns: NS.version,
  name: 'query',
  at: ['server'],
  get: ({ server }) =>
    xml(
      NS.version,
      'query',
      {},
      xml(NS.version, 'name', {}, 'Porthole'),
      xml(NS.version, 'version', {}, server.version),
      xml(NS.version, 'os', {}, server.platform),
    ),
};
