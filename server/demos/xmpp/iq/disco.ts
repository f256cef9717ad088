/** What is there, and what can it do? https://xmpp.org/extensions/xep-0030.html */
import { NS } from '../namespaces.ts';
import { StanzaError } from '../stanza-error.ts';
import { type XmlElement, xml } from '../xml/element.ts';
import type { IqEntry, IqRequest } from './iq.ts';

/** Features of the server that are no iq. */
const OTHER_FEATURES = [NS.offline, NS.streamManagement, NS.stanzaIds] as const;

/** What the server or an account is, and can do. */
export const discoInfo: IqEntry = {
  ns: NS.discoInfo,
  name: 'query',
  at: ['account', 'server', 'contact'],
  get: (request) => {
    if (request.payload.attrs.node) throw new StanzaError('item-not-found', 'There is no such node.');
    if (request.to?.local === '') return serverInfo(request);
    if (request.user !== request.session.user && !maySee(request)) throw new StanzaError('service-unavailable');
    const features = [...request.server.iq.featuresAt('account'), NS.stanzaIds];
    return infoOf([{ category: 'account', type: 'registered' }], features);
  },
};

/** What belongs to it: the server has its services. */
export const discoItems: IqEntry = {
  ns: NS.discoItems,
  name: 'query',
  at: ['account', 'server', 'contact'],
  get: ({ server, payload, to }) => {
    if (payload.attrs.node) throw new StanzaError('item-not-found', 'There is no such node.');
    const services = to?.local === '' ? [...server.services.values()] : [];
    const items = services.map(({ domain, identity }) =>
      xml(NS.discoItems, 'item', { jid: domain, name: identity.name }),
    );
    return xml(NS.discoItems, 'query', {}, ...items);
  },
};

/** An answer of disco#info. */
export function infoOf(
  identities: readonly { category: string; type: string; name?: string }[],
  features: readonly string[],
  ...more: XmlElement[]
): XmlElement {
  return xml(
    NS.discoInfo,
    'query',
    {},
    ...identities.map((identity) => xml(NS.discoInfo, 'identity', identity)),
    ...[...new Set(features)].map((feature) => xml(NS.discoInfo, 'feature', { var: feature })),
    ...more,
  );
}

function serverInfo({ server }: IqRequest): XmlElement {
  const features = [...server.iq.featuresAt('server'), ...server.iq.featuresAt('account'), ...OTHER_FEATURES];
  return infoOf([{ category: 'server', type: 'im', name: 'Porthole' }], features);
}

/** Only those who may see somebody's presence are told that the account is there (XEP-0030). */
function maySee({ user, session }: IqRequest): boolean {
  return user.roster.get(session.user.jid.bare)?.from ?? false;
}
