/** What time is it there? https://xmpp.org/extensions/xep-0202.html */
import { NS } from '../namespaces.ts';
import { xml } from '../xml/element.ts';
import type { IqEntry } from './iq.ts';

/** The server’s wall clock, in UTC. */
export const time: IqEntry = {
  ns: NS.time,
  name: 'time',
  at: ['server'],
  get: ({ server }) =>
    xml(NS.time, 'time', {}, xml(NS.time, 'tzo', {}, '+00:00'), xml(NS.time, 'utc', {}, server.now().toISOString())),
};
