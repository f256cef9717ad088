/** Asking for a voice in a moderated room, and being given it (XEP-0045 #requestvoice, #voiceapprove). */
import { filledIn, formOf, isTrue } from '../form.ts';
import { Jid } from '../jid.ts';
import { NS } from '../namespaces.ts';
import { StanzaError } from '../stanza-error.ts';
import { type XmlElement, xml } from '../xml/element.ts';
import type { Place } from './occupant.ts';
import { refusalOf } from './refusals.ts';

/** What a message to the room says about a voice; `null`: it is about something else. */
export function voiceForm(stanza: XmlElement): ReadonlyMap<string, string> | null {
  const form = filledIn(stanza);
  return form?.get('FORM_TYPE') === NS.mucRequest ? form : null;
}

/** Passes a request on to who moderates the room, or does what one of them has answered. */
export function takeVoiceForm({ room, member }: Place, form: ReadonlyMap<string, string>): void {
  const mayAnswer = room.core.mayModerate(member);
  if (mayAnswer && isTrue(form.get('muc#request_allow') ?? '')) {
    const refused = member.setRole(form.get('muc#roomnick') ?? '', 'participant');
    if (refused) throw refusalOf(refused);
  }
  if (mayAnswer) return;
  if (member.role !== 'visitor') throw new StanzaError('not-allowed', 'You have a voice.');
  const request = xml(NS.client, 'message', {}, requestForm(room.domain, member));
  room.send(request, (one) => room.core.mayModerate(one));
}

function requestForm(domain: string, { nick, user }: Place['member']): XmlElement {
  return formOf('form', NS.mucRequest, [
    {
      ...{ var: 'muc#role', type: 'list-single', label: 'Role', value: 'participant' },
      options: { participant: 'Participant' },
    },
    {
      ...{ var: 'muc#jid', type: 'jid-single', label: 'Address' },
      ...(user !== null && { value: Jid.of(user, domain).bare }),
    },
    { var: 'muc#roomnick', type: 'text-single', label: 'Nickname', value: nick },
    { var: 'muc#request_allow', type: 'boolean', label: 'Give a voice?', value: false },
  ]);
}
