/** The owner's part: setting a room, and closing it (XEP-0045 #owner). */
import { filledIn } from '../form.ts';
import { NS } from '../namespaces.ts';
import { StanzaError } from '../stanza-error.ts';
import { type XmlElement, xml } from '../xml/element.ts';
import { changeCodes, configForm, configured } from './config.ts';
import type { Place } from './occupant.ts';

/** What comes of a request, for the owner and for everybody. */
export interface OwnerAnswer {
  readonly payload: XmlElement | null;
  /** What everybody in the room is told afterwards. */
  readonly codes: readonly string[];
}

/** Answers a request of muc#owner. @param place the asker's. */
export function answerOwner(place: Place | null, iq: XmlElement, query: XmlElement): OwnerAnswer {
  const affiliation = place?.room.core.rights.of(place.member.user);
  if (!place || affiliation !== 'owner') throw new StanzaError('forbidden', 'Only the owner may do that.');
  const { settings } = place.room.core;
  if (iq.attrs.type === 'get') return { payload: xml(NS.mucOwner, 'query', {}, configForm(settings)), codes: [] };
  const destroyed = query.child('destroy');
  if (!destroyed) return { payload: null, codes: configure(place, filledIn(query)) };
  destroy(place, destroyed.childText('reason') ?? '');
  return { payload: null, codes: [] };
}

/** Puts everybody out, the owner as well. The core forgets a room that nobody is in. */
function destroy({ room }: Place, reason: string): void {
  room.destroyedFor = reason;
  for (const nick of room.core.nicks()) {
    for (const one of room.core.membersNamed(nick)) one.leave('kicked', reason);
  }
}

/** @param values `null`: the owner has cancelled. */
function configure({ room }: Place, values: ReadonlyMap<string, string> | null): readonly string[] {
  if (values === null) return [];
  const { settings } = room.core;
  const next = configured(settings, values);
  room.configure(next);
  return changeCodes(settings, next);
}
