/** Presence in a room: who is there, as what, and who goes (XEP-0045 #user). */

import type { Farewell } from '../../../chat/outbox.ts';
import { ONLINE, type Presence } from '../../../chat/presence.ts';
import type { LeaveCause, Whose } from '../../../chat/room-event.ts';
import type { Affiliation } from '../../../chat/room-rights.ts';
import { withPicture } from '../avatar.ts';
import { Jid } from '../jid.ts';
import { NS } from '../namespaces.ts';
import { presenceStanza } from '../presence.ts';
import { type XmlElement, xml } from '../xml/element.ts';
import { escapeAttribute, serialize } from '../xml/serialize.ts';
import type { MucRoom } from './muc-room.ts';

/**
 * Stanzas for one occupant.
 * @param to its full address.
 * @param isSelf it is the one whose doing it is.
 * @param seesJids it is shown who the others are.
 */
export type StanzaText = (to: string, isSelf: boolean, seesJids: boolean) => string;

/** Status codes (XEP-0045 #registrar-statuscodes). */
const SHOWS_ADDRESSES = '100';
const SELF = '110';
const CREATED = '201';
const BANNED = '301';
const RENAMED = '303';
const KICKED = '307';
const NO_MEMBER = '321';
const CLOSED_TO_OTHERS = '322';
const ERROR = '333';

/** Somebody in a room. */
export interface Named extends Whose {
  readonly nick: string;
}

/** Somebody leaves, and how. */
export interface Leaving extends Named, Farewell {
  readonly cause: LeaveCause;
}

/** What else an occupant's presence says. */
export interface Besides {
  /** It is coming in just now. Default: no. */
  readonly entering?: boolean;
  /** The room was opened by its coming. Default: no. */
  readonly created?: boolean;
  /** Who has changed what it may do here, and why. Default: nobody has. */
  readonly because?: Farewell | undefined;
}

/** An occupant as it is now. */
export function occupantPresence(
  room: MucRoom,
  { presence, ...who }: Named & { readonly presence: Presence },
  { entering = false, created = false, because }: Besides = {},
): StanzaText {
  const said = presenceStanza({ ...presence, priority: 0 }, room.jid.at(who.nick));
  const shown = who.user === null ? said : withPicture(said, room.pictureOf(who.user));
  return addressed((isSelf, seesJids) => {
    const isWarned = entering && room.core.settings.showsAccounts;
    const codes = [...(isWarned ? [SHOWS_ADDRESSES] : []), ...(isSelf ? [SELF] : []), ...(created ? [CREATED] : [])];
    const item = itemOf(room, who, seesJids || isSelf);
    return shown.plus(info(because ? item.plus(...becauseOf(room, because, seesJids && !isSelf)) : item, codes));
  });
}

/** Somebody comes in, with the presence that it brings. */
export function joiningPresence(room: MucRoom, who: Named): StanzaText {
  const [member] = room.core.membersNamed(who.nick);
  return occupantPresence(room, { ...who, presence: member?.presence ?? ONLINE });
}

/** Gone: by itself, put out, or not let in any more. */
export function leavingPresence(room: MucRoom, leaving: Leaving): StanzaText {
  if (room.destroyedFor !== null) return destroyedPresence(room, leaving, room.destroyedFor);
  const { nick, user, cause, reason } = leaving;
  const code = leavingCode(room, user, cause);
  const isPutOut = cause === 'kicked';
  return addressed((isSelf, seesJids) => {
    const item = itemOf(room, leaving, seesJids || isSelf).with({ role: 'none' });
    const shown = isPutOut ? item.plus(...becauseOf(room, leaving, seesJids && !isSelf)) : item;
    const status = !isPutOut && reason ? xml(NS.client, 'status', {}, reason) : null;
    const attrs = { from: room.jid.at(nick).toString(), type: 'unavailable' };
    return xml(NS.client, 'presence', attrs, status, info(shown, [...(code ? [code] : []), ...(isSelf ? [SELF] : [])]));
  });
}

/** Who did it, and why, as far as that is known. */
function becauseOf(room: MucRoom, { kickedBy, reason }: Farewell, seesJids: boolean): XmlElement[] {
  const shown: XmlElement[] = [];
  if (kickedBy !== null) {
    const [actor] = room.core.membersNamed(kickedBy);
    const jid = seesJids && actor ? jidOf(room, actor) : null;
    shown.push(xml(NS.mucUser, 'actor', { nick: kickedBy, jid }));
  }
  if (reason !== '') shown.push(xml(NS.mucUser, 'reason', {}, reason));
  return shown;
}

/** How somebody who did not go by itself is gone; `null`: it went by itself. */
function leavingCode(room: MucRoom, user: string | null, cause: LeaveCause): string | null {
  switch (cause) {
    case 'quit':
    case 'finished':
      return null;
    case 'kicked':
      return putOutCode(room, room.core.rights.of(user));
    case 'lost':
    case 'stopped-reading':
      return ERROR;
    default:
      return cause satisfies never;
  }
}

function putOutCode(room: MucRoom, affiliation: Affiliation): string {
  if (affiliation === 'outcast') return BANNED;
  if (affiliation !== 'none' || !room.core.settings.membersOnly) return KICKED;
  return room.closesToOthers ? CLOSED_TO_OTHERS : NO_MEMBER;
}

/** The room is closed (XEP-0045). */
function destroyedPresence(room: MucRoom, who: Named, reason: string): StanzaText {
  const why = reason === '' ? null : xml(NS.mucUser, 'reason', {}, reason);
  return addressed((isSelf, seesJids) => {
    const { children } = info(itemOf(room, who, seesJids || isSelf).with({ role: 'none' }), isSelf ? [SELF] : []);
    const attrs = { from: room.jid.at(who.nick).toString(), type: 'unavailable' };
    const destroyed = xml(NS.mucUser, 'x', {}, xml(NS.mucUser, 'destroy', {}, why), ...children);
    return xml(NS.client, 'presence', attrs, destroyed);
  });
}

/** Somebody who keeps a nick, and is not here. */
export function absence(room: MucRoom, nick: string, user: string): StanzaText {
  return addressed((_, seesJids) => {
    const item = itemOf(room, { nick, user, resource: null }, seesJids).with({ role: 'none', nick });
    return xml(NS.client, 'presence', { from: room.jid.at(nick).toString(), type: 'unavailable' }, info(item, []));
  });
}

/** The old nick goes, the new one comes (XEP-0045 #changenick). */
export function renaming(room: MucRoom, who: Named, to: string): readonly StanzaText[] {
  const gone = addressed((isSelf, seesJids) => {
    const item = itemOf(room, { ...who, nick: to }, seesJids || isSelf).with({ nick: to });
    const attrs = { from: room.jid.at(who.nick).toString(), type: 'unavailable' };
    return xml(NS.client, 'presence', attrs, info(item, [RENAMED, ...(isSelf ? [SELF] : [])]));
  });
  return [gone, joiningPresence(room, { ...who, nick: to })];
}

/** The address goes in as text, so that a presence is built once for each kind of reader. */
function addressed(build: (isSelf: boolean, seesJids: boolean) => XmlElement): StanzaText {
  const built = new Map<number, string>();
  return (to, isSelf, seesJids) => {
    const kind = (isSelf ? 1 : 0) + (seesJids ? 2 : 0);
    let text = built.get(kind);
    if (text === undefined) {
      text = serialize(build(isSelf, seesJids), NS.client);
      built.set(kind, text);
    }
    return `<presence to='${escapeAttribute(to)}'${text.slice('<presence'.length)}`;
  };
}

/** What has happened, to whom, and whether that is oneself: in the order that Prosody has, for strict scripts. */
function info(item: XmlElement, codes: readonly string[]): XmlElement {
  const status = (code: string): XmlElement => xml(NS.mucUser, 'status', { code });
  const [own, others] = [codes.filter((code) => code === SELF), codes.filter((code) => code !== SELF)];
  return xml(NS.mucUser, 'x', {}, ...others.map(status), item, ...own.map(status));
}

function itemOf(room: MucRoom, who: Named, showsJid: boolean): XmlElement {
  const affiliation = room.core.rights.of(who.user);
  const role = room.core.membersNamed(who.nick)[0]?.role ?? 'participant';
  return xml(NS.mucUser, 'item', { affiliation, role, jid: showsJid ? jidOf(room, who) : null });
}

function jidOf(room: MucRoom, { user, resource }: Whose): string | null {
  return user === null ? null : Jid.of(user, room.domain, resource ?? '').toString();
}
