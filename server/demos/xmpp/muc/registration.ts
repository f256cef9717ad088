/** Members who keep a nick in a room (XEP-0045 #register, #reservednick). */
import { filledIn, formOf } from '../form.ts';
import { infoOf } from '../iq/disco.ts';
import { NS } from '../namespaces.ts';
import type { Session } from '../session.ts';
import { StanzaError } from '../stanza-error.ts';
import { type XmlElement, xml } from '../xml/element.ts';
import { tellModerators } from './admin.ts';
import type { MucRoom } from './muc-room.ts';
import { refusalOf } from './refusals.ts';

const NICK_FIELD = 'muc#register_roomnick';

/** Answers a request of jabber:iq:register to a room. */
export function answerRegistration(
  room: MucRoom,
  { user }: Session,
  iq: XmlElement,
  query: XmlElement,
): XmlElement | null {
  const { rights } = room.core;
  if (query.child('remove')) withdraw(room, user.name);
  else if (!rights.standings.has(user.name)) {
    throw new StanzaError('registration-required', 'Whoever moderates the room makes members.');
  } else if (iq.attrs.type === 'get') return registrationForm(rights.standingOf(user.name).nick);
  else reserve(room, user.name, filledIn(query)?.get(NICK_FIELD) ?? query.childText('nick') ?? '');
  return null;
}

/** The nick that an account keeps, for clients that ask before they enter. */
export function reservedNick({ core }: MucRoom, { user }: Session, node: string): XmlElement {
  const { nick } = core.rights.standingOf(user.name);
  const identities = nick === null ? [] : [{ category: 'conference', type: 'text', name: nick }];
  return infoOf(identities, []).with({ node });
}

function registrationForm(nick: string | null): XmlElement {
  const field = { var: NICK_FIELD, type: 'text-single', label: 'Nickname', isRequired: true } as const;
  const form = formOf('form', NS.mucRegister, [{ ...field, ...(nick !== null && { value: nick }) }]);
  return xml(NS.register, 'query', {}, nick === null ? null : xml(NS.register, 'registered'), form);
}

function reserve({ core }: MucRoom, user: string, nick: string): void {
  if (core.rights.of(user) === 'outcast') throw refusalOf('outcast');
  const refused = core.reserve(user, nick, false);
  if (refused) throw refusalOf(refused);
  // Everybody is shown the presence anew: an affiliation has been confirmed.
  for (const member of core.members()) if (member.user === user) member.setPresence(member.presence);
}

function withdraw(room: MucRoom, user: string): void {
  const wasHere = room.core.members().some((member) => member.user === user);
  room.core.withdraw(user);
  if (!wasHere) tellModerators(room, user, '');
}
