/** Messages between the chat core's form and stanzas. */
import type { Message, Native, Sender, Signal } from '../../chat/message.ts';
import { callElement } from './call.ts';
import { Jid } from './jid.ts';
import { NS } from './namespaces.ts';
import { XmlElement, xml } from './xml/element.ts';

/** The name by which the core knows what only XMPP understands. */
export const PROTOCOL = 'xmpp';

/** Octets, roughly, that an element counts for in the core's bounds, besides its body. */
export function weightOf(element: XmlElement): number {
  let weight = element.name.length * 2 + element.ns.length;
  for (const name in element.attrs) weight += name.length + (element.attrs[name]?.length ?? 0);
  for (const child of element.children) {
    if (typeof child !== 'string') weight += child.is(NS.client, 'body') ? 0 : weightOf(child);
    else weight += child.length;
  }
  return weight;
}

/** A stanza as the core carries it for other XMPP sessions. */
export function nativeOf(stanza: XmlElement): Native {
  return { protocol: PROTOCOL, value: stanza, bytes: weightOf(stanza) };
}

/** The stanza in it, or `null` when another protocol put something else there. */
export function nativeStanza(native: Native | null): XmlElement | null {
  return native?.value instanceof XmlElement ? native.value : null;
}

/** The core's message as a stanza: the one that an XMPP client sent, or one made of what another protocol said. */
export function messageStanza(message: Message, server: { readonly domain: string }): XmlElement {
  const id = xml(NS.stanzaIds, 'stanza-id', { id: message.id, by: ownerOf(message, server) });
  return asSent(message, server).plus(id);
}

/** The same without the id that the server has given it. */
export function asSent(message: Message, server: { readonly domain: string }): XmlElement {
  const native = nativeStanza(message.native);
  if (native) return native;
  const from = addressOf(message.from, server.domain);
  const attrs = { type: 'chat', from: from.toString(), to: ownerOf(message, server), id: message.id };
  return xml(NS.client, 'message', attrs, xml(NS.client, 'body', {}, bodyOf(message)), linkTo(message));
}

function ownerOf({ to }: Message, { domain }: { readonly domain: string }): string | undefined {
  return to.type === 'user' ? `${to.name}@${domain}` : undefined;
}

/** The text; a file is a link that people can follow. */
export function bodyOf({ body, file }: Message): string {
  if (!file) return body;
  return body === '' ? file.url : `${body}\n${file.url}`;
}

/** A file as XEP-0066 refers to it: clients show what is at the address. */
export function linkTo({ file }: Message): XmlElement | null {
  return file ? xml(NS.outOfBand, 'x', {}, xml(NS.outOfBand, 'url', {}, file.url)) : null;
}

/** A sender as an address. */
export function addressOf({ user, nick, resource }: Sender, domain: string): Jid {
  return Jid.of(user ?? nick, domain, user !== null && resource !== null ? resource : '');
}

/** What another protocol lets pass by, where XMPP has a word for it. */
export function signalStanza(signal: Signal, from: Jid, to: Jid): XmlElement | null {
  const attrs = { type: 'chat', from: from.toString(), to: to.toString() };
  switch (signal.type) {
    case 'typing':
      return xml(NS.client, 'message', attrs, xml(NS.chatStates, signal.state));
    case 'receipt':
      // XEP-0184 says that it arrived; that it was read would be another extension.
      if (signal.state !== 'delivered') return null;
      return xml(NS.client, 'message', attrs, xml(NS.receipts, 'received', { id: signal.messageId }));
    case 'call':
      return xml(NS.client, 'message', attrs, callElement(signal));
    case 'native':
      return null;
    default:
      return signal satisfies never;
  }
}
