/** What a speaker of XMPP sends, as text, and the addresses in it. */
import type { CallStep } from '../../call.ts';
import { HISTORY_LIMIT } from '../../limits.ts';
import { LOBBY } from '../speaker.ts';
import { escapeXml, type Xml } from '../xml.ts';

/** The one domain of the demo, and where its rooms and its files are. */
const DOMAIN = 'localhost';
const ROOMS = `conference.${DOMAIN}`;
const UPLOADS = `upload.${DOMAIN}`;
/** The lobby as XMPP names it. */
export const LOBBY_JID = `lobby@${ROOMS}`;

/** Namespaces, by the document that defines them. */
export const NS = {
  /** RFC 7395 */
  framing: 'urn:ietf:params:xml:ns:xmpp-framing',
  // RFC 6120
  sasl: 'urn:ietf:params:xml:ns:xmpp-sasl',
  bind: 'urn:ietf:params:xml:ns:xmpp-bind',
  stanzaErrors: 'urn:ietf:params:xml:ns:xmpp-stanzas',
  /** XEP-0045 */
  muc: 'http://jabber.org/protocol/muc',
  mucUser: 'http://jabber.org/protocol/muc#user',
  mucAdmin: 'http://jabber.org/protocol/muc#admin',
  /** XEP-0066 */
  outOfBand: 'jabber:x:oob',
  /** XEP-0085 */
  states: 'http://jabber.org/protocol/chatstates',
  /** XEP-0184 */
  receipts: 'urn:xmpp:receipts',
  /** XEP-0199 */
  ping: 'urn:xmpp:ping',
  /** XEP-0203 */
  delay: 'urn:xmpp:delay',
  /** XEP-0363 */
  upload: 'urn:xmpp:http:upload:0',
  /** Porthole's own, see docs/xmpp.md: real clients speak Jingle (XEP-0166). */
  call: 'urn:x-porthole:call',
} as const;

/** Opens a stream. */
export function openStanza(): string {
  return `<open xmlns='${NS.framing}' to='${DOMAIN}' version='1.0'/>`;
}

/** RFC 4616 §2: no other identity, NUL, user, NUL, password. */
export function authStanza(user: string, password: string): string {
  return `<auth xmlns='${NS.sasl}' mechanism='PLAIN'>${btoa(`\0${user}\0${password}`)}</auth>`;
}

/** Asks for an address. */
export function bindStanza(resource: string): string {
  const bind = `<bind xmlns='${NS.bind}'><resource>${escapeXml(resource)}</resource></bind>`;
  return `<iq xmlns='jabber:client' type='set' id='bind'>${bind}</iq>`;
}

/** Asks whether the server is there (XEP-0199). */
export function pingStanza(id: string): string {
  return `<iq xmlns='jabber:client' type='get' to='${DOMAIN}' id='${id}'><ping xmlns='${NS.ping}'/></iq>`;
}

/** Who is asked has to answer (RFC 6120 §8.2.3): a ping, so that the server sees that somebody is there. */
export function answerStanza({ attributes: { from, id = '' }, children: [payload] }: Xml): string {
  const to = from === undefined ? '' : ` to='${escapeXml(from)}'`;
  const head = `<iq xmlns='jabber:client' id='${escapeXml(id)}'${to}`;
  if (payload?.xmlns === NS.ping) return `${head} type='result'/>`;
  const condition = `<service-unavailable xmlns='${NS.stanzaErrors}'/>`;
  return `${head} type='error'><error type='cancel'>${condition}</error></iq>`;
}

/** Comes into the lobby, and asks for what was said there. */
export function joinStanza(nick: string): string {
  const history = `<x xmlns='${NS.muc}'><history maxstanzas='${HISTORY_LIMIT}'/></x>`;
  return `<presence xmlns='jabber:client' to='${LOBBY_JID}/${escapeXml(nick)}'>${history}</presence>`;
}

/** Puts somebody out of the lobby (XEP-0045 #kick). */
export function kickStanza(id: string, nick: string, reason: string): string {
  const why = reason === '' ? '' : `<reason>${escapeXml(reason)}</reason>`;
  const query = `<query xmlns='${NS.mucAdmin}'><item nick='${escapeXml(nick)}' role='none'>${why}</item></query>`;
  return `<iq xmlns='jabber:client' type='set' to='${LOBBY_JID}' id='${escapeXml(id)}'>${query}</iq>`;
}

/** Asks where a file may be put (XEP-0363 #request). */
export function slotStanza(id: string, { name, mime, sizeBytes }: { name: string; mime: string; sizeBytes: number }) {
  const facts = `filename='${escapeXml(name)}' size='${sizeBytes}' content-type='${escapeXml(mime)}'`;
  const request = `<request xmlns='${NS.upload}' ${facts}/>`;
  return `<iq xmlns='jabber:client' type='get' to='${UPLOADS}' id='${escapeXml(id)}'>${request}</iq>`;
}

/** A message. @param to `#lobby`, `bob` or `bob/phone`. @param id empty: none. */
export function messageStanza(to: string, id: string, content: string): string {
  const type = to === LOBBY ? 'groupchat' : 'chat';
  const name = id === '' ? '' : ` id='${escapeXml(id)}'`;
  return `<message xmlns='jabber:client' type='${type}' to='${escapeXml(jidOf(to))}'${name}>${content}</message>`;
}

/** Words, or a link to a file; clients that know XEP-0066 show what is there, the others its address. */
export function bodyOf(body: string, url: string | null): string {
  if (url === null) return `<body>${escapeXml(body)}</body>`;
  const text = escapeXml(body === '' ? url : `${body}\n${url}`);
  return `<body>${text}</body><x xmlns='${NS.outOfBand}'><url>${escapeXml(url)}</url></x>`;
}

/** A step of a call. */
export function callOf(callId: string, step: CallStep, payload: string): string {
  return `<call xmlns='${NS.call}' id='${escapeXml(callId)}' step='${step}'>${escapeXml(payload)}</call>`;
}

/** `bob/phone` → `bob@localhost/phone`. */
function jidOf(to: string): string {
  if (to === LOBBY) return LOBBY_JID;
  const slash = to.indexOf('/');
  return slash === -1 ? `${to}@${DOMAIN}` : `${to.slice(0, slash)}@${DOMAIN}${to.slice(slash)}`;
}

/** `lobby@conference.localhost/ann` → room and nick; `bob@localhost/phone` → account and resource. */
export function parseJid(jid: string): { readonly bare: string; readonly user: string; readonly resource: string } {
  const slash = jid.indexOf('/');
  const [bare, resource] = slash === -1 ? [jid, ''] : [jid.slice(0, slash), jid.slice(slash + 1)];
  return { bare, user: bare.split('@')[0] ?? bare, resource };
}
