/** Presence in a room: who is there, as what, and who goes (XEP-0045 §7). */

import type { Farewell } from '../../../chat/outbox.ts';
import { ONLINE, type Presence } from '../../../chat/presence.ts';
import type { LeaveCause } from '../../../chat/room-event.ts';
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

/** Status codes (XEP-0045 §15.6.2). */
const SELF = '110';
const CREATED = '201';
const BANNED = '301';
const RENAMED = '303';
const KICKED = '307';
const ERROR = '333';

/** Somebody leaves, and how. */
export interface Leaving extends Farewell {
  readonly nick: string;
  readonly user: string | null;
  readonly cause: LeaveCause;
}

/** An occupant as it is now. @param created the room was opened by its coming. */
export function occupantPresence(
  room: MucRoom,
  { nick, user, presence }: { readonly nick: string; readonly user: string | null; readonly presence: Presence },
  created = false,
): StanzaText {
  const said = presenceStanza({ ...presence, priority: 0 }, room.jid.at(nick));
  const shown = user === null ? said : withPicture(said, room.pictureOf(user));
  return addressed((isSelf, seesJids) => {
    const codes = [...(isSelf ? [SELF] : []), ...(created ? [CREATED] : [])];
    return shown.plus(info(itemOf(room, user, seesJids || isSelf), codes));
  });
}

/** Somebody comes in, with the presence that it brings. */
export function joiningPresence(room: MucRoom, nick: string, user: string | null): StanzaText {
  const [member] = room.core.membersNamed(nick);
  return occupantPresence(room, { nick, user, presence: member?.presence ?? ONLINE });
}

/** Gone: by itself, put out, or not let in any more. */
export function leavingPresence(room: MucRoom, { nick, user, cause, reason, kickedBy }: Leaving): StanzaText {
  if (room.destroyedFor !== null) return destroyedPresence(room, nick, user, room.destroyedFor);
  const code = leavingCode(room, user, cause);
  return addressed((isSelf, seesJids) => {
    const item = itemOf(room, user, seesJids || isSelf).with({ role: 'none' });
    const actor = kickedBy === null ? null : xml(NS.mucUser, 'actor', { nick: kickedBy });
    const why = code && reason ? xml(NS.mucUser, 'reason', {}, reason) : null;
    const shown = item.plus(...[actor, why].filter((one) => one !== null));
    const status = !code && reason ? xml(NS.client, 'status', {}, reason) : null;
    const attrs = { from: room.jid.at(nick).toString(), type: 'unavailable' };
    return xml(NS.client, 'presence', attrs, status, info(shown, [...(code ? [code] : []), ...(isSelf ? [SELF] : [])]));
  });
}

/** How somebody who did not go by itself is gone; `null`: it went by itself. */
function leavingCode(room: MucRoom, user: string | null, cause: LeaveCause): string | null {
  switch (cause) {
    case 'quit':
    case 'finished':
      return null;
    case 'kicked':
      return room.core.rights.of(user) === 'outcast' ? BANNED : KICKED;
    case 'lost':
    case 'stopped-reading':
      return ERROR;
    default:
      return cause satisfies never;
  }
}

/** The room is closed (XEP-0045 §10.9). */
function destroyedPresence(room: MucRoom, nick: string, user: string | null, reason: string): StanzaText {
  const why = reason === '' ? null : xml(NS.mucUser, 'reason', {}, reason);
  return addressed((isSelf, seesJids) =>
    xml(
      NS.client,
      'presence',
      { from: room.jid.at(nick).toString(), type: 'unavailable' },
      info(itemOf(room, user, seesJids || isSelf).with({ role: 'none' }), isSelf ? [SELF] : []).plus(
        xml(NS.mucUser, 'destroy', {}, why),
      ),
    ),
  );
}

/** The old nick goes, the new one comes (XEP-0045 §7.6). */
export function renaming(room: MucRoom, nick: string, to: string, user: string | null): readonly StanzaText[] {
  const gone = addressed((isSelf, seesJids) => {
    const item = itemOf(room, user, seesJids || isSelf).with({ nick: to });
    const attrs = { from: room.jid.at(nick).toString(), type: 'unavailable' };
    return xml(NS.client, 'presence', attrs, info(item, [RENAMED, ...(isSelf ? [SELF] : [])]));
  });
  return [gone, joiningPresence(room, to, user)];
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

function info(item: XmlElement, codes: readonly string[]): XmlElement {
  return xml(NS.mucUser, 'x', {}, item, ...codes.map((code) => xml(NS.mucUser, 'status', { code })));
}

function itemOf(room: MucRoom, user: string | null, showsJid: boolean): XmlElement {
  const affiliation = room.core.rights.of(user);
  const role = room.core.rights.mayModerate(user) ? 'moderator' : 'participant';
  return xml(NS.mucUser, 'item', { affiliation, role, jid: showsJid ? jidOf(room, user) : null });
}

/** The address of the first session that the account has in the room. */
function jidOf(room: MucRoom, user: string | null): string | null {
  if (user === null) return null;
  const member = room.core.members().find((one) => one.user === user);
  return Jid.of(user, room.domain, member?.resource ?? '').toString();
}
