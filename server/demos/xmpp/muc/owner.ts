/** The owner's part: rooms are open and need no configuring; they can be closed (XEP-0045 §10). */
import { NS } from '../namespaces.ts';
import { StanzaError } from '../stanza-error.ts';
import { type XmlElement, xml } from '../xml/element.ts';
import type { Place } from './occupant.ts';

/** Answers a request of muc#owner. @param place the asker's. */
export function answerOwner(place: Place | null, iq: XmlElement, query: XmlElement): XmlElement | null {
  const affiliation = place?.room.core.rights.of(place.member.user);
  if (!place || affiliation !== 'owner') throw new StanzaError('forbidden', 'Only the owner may do that.');
  if (iq.attrs.type === 'get') return xml(NS.mucOwner, 'query', {}, emptyForm());
  const destroyed = query.child('destroy');
  if (destroyed) destroy(place, destroyed.childText('reason') ?? '');
  return null;
}

/** Puts everybody out, the owner as well. The core forgets a room that nobody is in. */
function destroy({ room }: Place, reason: string): void {
  room.destroyedFor = reason;
  for (const nick of room.core.nicks()) {
    for (const one of room.core.membersNamed(nick)) one.leave('kicked', reason);
  }
}

/** A room has nothing to be set; clients want a form nevertheless. */
function emptyForm(): XmlElement {
  return xml(
    NS.forms,
    'x',
    { type: 'form' },
    xml(NS.forms, 'field', { var: 'FORM_TYPE', type: 'hidden' }, xml(NS.forms, 'value', {}, NS.mucRoomConfig)),
  );
}
