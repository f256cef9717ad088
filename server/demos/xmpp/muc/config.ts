/** What a room's owner can set, as a form (XEP-0045). */
import { MAX_STATUS_BYTES } from '../../../chat/limits.ts';
import type { RoomSettings } from '../../../chat/room-settings.ts';
import { type FormField, formOf, isTrue } from '../form.ts';
import { NS } from '../namespaces.ts';
import { StanzaError } from '../stanza-error.ts';
import type { XmlElement } from '../xml/element.ts';

const PREFIX = 'muc#roomconfig_';

/** The form as it stands. */
export function configForm(settings: RoomSettings): XmlElement {
  return formOf('form', NS.mucRoomConfig, [
    text('roomname', 'Name', settings.title),
    text('roomdesc', 'Description', settings.description),
    flag('publicroom', 'In the list of rooms', settings.isListed),
    flag('changesubject', 'Everybody may change the subject', settings.subjectForAll),
    flag('moderatedroom', 'Only those with a voice may speak', settings.moderated),
    flag('membersonly', 'Only members may enter', settings.membersOnly),
    {
      ...{ var: `${PREFIX}whois`, type: 'list-single', label: 'Who may see the addresses of others' },
      ...{ value: settings.showsAccounts ? 'anyone' : 'moderators' },
      options: { moderators: 'Moderators', anyone: 'Anyone' },
    },
    flag('passwordprotectedroom', 'A password is needed to enter', settings.password !== ''),
    { ...text('roomsecret', 'Password', settings.password), type: 'text-private' },
  ]);
}

/** What it is after the form has been filled in; fields that are left out, or not known here, change nothing. */
export function configured(settings: RoomSettings, values: ReadonlyMap<string, string>): RoomSettings {
  const said = (name: string, otherwise: string): string => values.get(PREFIX + name) ?? otherwise;
  const is = (name: string, otherwise: boolean): boolean => isTrue(said(name, otherwise ? '1' : '0'));
  const password = said('roomsecret', settings.password);
  const next = {
    title: said('roomname', settings.title),
    description: said('roomdesc', settings.description),
    isListed: is('publicroom', settings.isListed),
    subjectForAll: is('changesubject', settings.subjectForAll),
    moderated: is('moderatedroom', settings.moderated),
    membersOnly: is('membersonly', settings.membersOnly),
    showsAccounts: said('whois', settings.showsAccounts ? 'anyone' : 'moderators') === 'anyone',
    password: is('passwordprotectedroom', password !== '') ? password : '',
  };
  const isTooLong = [next.title, next.description, password].some((one) => Buffer.byteLength(one) > MAX_STATUS_BYTES);
  if (isTooLong) throw new StanzaError('not-acceptable', `A text may have ${MAX_STATUS_BYTES} octets.`);
  if (is('passwordprotectedroom', false) && password === '') {
    throw new StanzaError('not-acceptable', 'Say which password.');
  }
  return next;
}

/** What everybody in the room is told of a change (XEP-0045); empty: nothing has changed. */
export function changeCodes(before: RoomSettings, after: RoomSettings): readonly string[] {
  const names = Object.keys(after) as (keyof RoomSettings)[];
  if (names.every((name) => before[name] === after[name])) return [];
  if (before.showsAccounts === after.showsAccounts) return [CHANGED];
  return [CHANGED, after.showsAccounts ? SHOWS_ADDRESSES : HIDES_ADDRESSES];
}

const CHANGED = '104';
const SHOWS_ADDRESSES = '172';
const HIDES_ADDRESSES = '173';

function text(name: string, label: string, value: string): FormField {
  return { var: PREFIX + name, type: 'text-single', label, value };
}

function flag(name: string, label: string, value: boolean): FormField {
  return { var: PREFIX + name, type: 'boolean', label, value };
}
