/** What is said in a room (XEP-0045 #message). */
import type { Message, Signal } from '../../../chat/message.ts';
import type { Jid } from '../jid.ts';
import { bodyOf, linkTo, nativeStanza } from '../message-stanza.ts';
import { NS } from '../namespaces.ts';
import { delayOf } from '../offline.ts';
import { type XmlElement, xml } from '../xml/element.ts';
import { escapeAttribute, serialize } from '../xml/serialize.ts';
import type { MucRoom } from './muc-room.ts';
import type { StanzaText } from './presence-form.ts';

/** A message to everybody. */
export function groupChat(room: MucRoom, message: Message): StanzaText {
  return addressed(groupStanza(room, message));
}

/** The message as the room shows it, without an address. */
export function groupStanza(room: MucRoom, message: Message): XmlElement {
  const native = nativeStanza(message.native);
  const attrs = {
    type: 'groupchat',
    from: room.jid.at(message.from.nick).toString(),
    id: message.clientId ?? message.id,
  };
  const children = native?.children ?? [xml(NS.client, 'body', {}, bodyOf(message)), linkTo(message)];
  return xml(
    NS.client,
    'message',
    attrs,
    ...children,
    xml(NS.stanzaIds, 'stanza-id', { id: message.id, by: room.jid.bare }),
  );
}

/** What was said before somebody came (XEP-0045 #enter-history). */
export function historyStanza(room: MucRoom, message: Message, to: Jid): XmlElement {
  return groupStanza(room, message).with({ to: to.toString() }).plus(delayOf(message.atMs, room.jid.bare));
}

/** The room has another subject. */
export function subjectChange(room: MucRoom, nick: string, text: string): StanzaText {
  return addressed(subjectStanza(room, nick, text));
}

/** The subject; `nick` is '' when nobody has set one. */
export function subjectStanza(room: MucRoom, nick: string, text: string): XmlElement {
  const from = nick === '' ? room.jid : room.jid.at(nick);
  return xml(
    NS.client,
    'message',
    { type: 'groupchat', from: from.toString() },
    xml(NS.client, 'subject', {}, text || null),
  );
}

/** Something that passes by, where XMPP has a word for it. */
export function groupSignal(room: MucRoom, nick: string, signal: Signal): readonly StanzaText[] {
  const from = room.jid.at(nick).toString();
  const native = signal.type === 'native' ? nativeStanza(signal.native) : null;
  if (native) return [addressed(native.with({ from, to: null }))];
  if (signal.type !== 'typing') return [];
  return [addressed(xml(NS.client, 'message', { type: 'groupchat', from }, xml(NS.chatStates, signal.state)))];
}

/** A message to one occupant alone (XEP-0045). */
export function whisperStanza(message: Message, room: MucRoom, to: Jid): XmlElement {
  const native = nativeStanza(message.native);
  const attrs = {
    type: 'chat',
    from: room.jid.at(message.from.nick).toString(),
    to: to.toString(),
    id: message.clientId,
  };
  const children = native?.children ?? [xml(NS.client, 'body', {}, bodyOf(message))];
  const others = children.filter((child) => typeof child === 'string' || child.ns !== NS.mucUser);
  return xml(NS.client, 'message', attrs, ...others, xml(NS.mucUser, 'x'));
}

/** Serialized once; only the address differs. */
function addressed(stanza: XmlElement): StanzaText {
  const rest = serialize(stanza, NS.client).slice('<message'.length);
  return (to) => `<message to='${escapeAttribute(to)}'${rest}`;
}
