/** A client's own notes, kept by the server. https://xmpp.org/extensions/xep-0049.html */
import { MAX_PRIVATE_BYTES, MAX_PRIVATE_PIECES } from '../limits.ts';
import { weightOf } from '../message-stanza.ts';
import { NS } from '../namespaces.ts';
import { StanzaError } from '../stanza-error.ts';
import { type XmlElement, xml } from '../xml/element.ts';
import type { IqEntry } from './iq.ts';

/** One element of any namespace at a time. */
export const privateXml: IqEntry = {
  ns: NS.privateXml,
  name: 'query',
  at: ['account'],
  get: ({ user, payload }) => {
    const asked = onlyPiece(payload);
    return xml(NS.privateXml, 'query', {}, user.privateXml.get(keyOf(asked)) ?? xml(asked.ns, asked.name));
  },
  set: ({ user, payload }) => {
    const piece = onlyPiece(payload);
    const others = [...user.privateXml].filter(([key]) => key !== keyOf(piece));
    const bytes = [piece, ...others.map(([, kept]) => kept)].reduce((sum, kept) => sum + weightOf(kept), 0);
    if (others.length >= MAX_PRIVATE_PIECES || bytes > MAX_PRIVATE_BYTES) {
      throw new StanzaError('resource-constraint', `Private XML may have ${MAX_PRIVATE_BYTES} octets.`);
    }
    user.privateXml.set(keyOf(piece), piece);
    return null;
  },
};

function onlyPiece(query: XmlElement): XmlElement {
  const [piece, ...more] = query.elements;
  if (!piece || more.length > 0) throw new StanzaError('bad-request', 'One element at a time.');
  if (piece.ns === NS.privateXml) throw new StanzaError('not-acceptable', 'The element needs a namespace of its own.');
  return piece;
}

function keyOf({ ns, name }: XmlElement): string {
  return `{${ns}}${name}`;
}
