/** Asking somebody in (XEP-0045). */
import { Jid } from '../jid.ts';
import { NS } from '../namespaces.ts';
import type { Session } from '../session.ts';
import { StanzaError } from '../stanza-error.ts';
import { type XmlElement, xml } from '../xml/element.ts';
import type { MucService } from './muc-service.ts';
import { Occupant } from './occupant.ts';

/** Passes an invitation on, in the name of the room. */
export function invite({ server }: MucService, session: Session, stanza: XmlElement, room: Jid): void {
  const asked = stanza.child('x', NS.mucUser)?.child('invite');
  const to = Jid.parse(asked?.attrs.to ?? '');
  if (!asked || !to) throw new StanzaError('jid-malformed', 'The invitation names nobody.');
  const user = to.domain === server.domain ? server.user(to.local) : null;
  if (!user || user.blocks(session.jid)) throw new StanzaError('item-not-found', 'There is no such user.');
  const seat = session.rooms.get(room.bare);
  if (!(seat instanceof Occupant) || !seat.place) throw new StanzaError('not-acceptable', 'Enter the room first.');
  // Who invites is known by the nick: the room keeps addresses to itself.
  const from = room.at(seat.place.member.nick).toString();
  // Some clients look for a reason even where none is given.
  const reason = asked.child('reason') ? [] : [xml(NS.mucUser, 'reason')];
  const invitation = asked.with({ to: null, from }).plus(...reason);
  const { password } = seat.place.room.core.settings;
  const text = `${from} invited you to the room ${room.bare}`;
  const message = xml(
    NS.client,
    'message',
    { from: room.bare, to: to.bare, id: stanza.attrs.id },
    xml(NS.mucUser, 'x', {}, invitation, password === '' ? null : xml(NS.mucUser, 'password', {}, password)),
    xml(NS.client, 'body', {}, text),
    xml(NS.invitation, 'x', { jid: room.bare }),
  );
  for (const there of user.available) there.send(message);
}
