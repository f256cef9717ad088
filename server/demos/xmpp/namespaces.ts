/** Names of the XML namespaces that the XMPP demo speaks, by the document that defines them. */
export const NS = {
  // RFC 6120, RFC 6121
  client: 'jabber:client',
  streams: 'http://etherx.jabber.org/streams',
  streamErrors: 'urn:ietf:params:xml:ns:xmpp-streams',
  stanzaErrors: 'urn:ietf:params:xml:ns:xmpp-stanzas',
  tls: 'urn:ietf:params:xml:ns:xmpp-tls',
  sasl: 'urn:ietf:params:xml:ns:xmpp-sasl',
  bind: 'urn:ietf:params:xml:ns:xmpp-bind',
  session: 'urn:ietf:params:xml:ns:xmpp-session',
  roster: 'jabber:iq:roster',
  rosterVersions: 'urn:xmpp:features:rosterver',
  preApproval: 'urn:xmpp:features:pre-approval',
  /** RFC 7395 */
  framing: 'urn:ietf:params:xml:ns:xmpp-framing',
  /** XEP-0004 */
  forms: 'jabber:x:data',
  /** XEP-0012 */
  lastActivity: 'jabber:iq:last',
  /** XEP-0030 */
  discoInfo: 'http://jabber.org/protocol/disco#info',
  discoItems: 'http://jabber.org/protocol/disco#items',
  /** XEP-0045 */
  muc: 'http://jabber.org/protocol/muc',
  mucUser: 'http://jabber.org/protocol/muc#user',
  mucAdmin: 'http://jabber.org/protocol/muc#admin',
  mucOwner: 'http://jabber.org/protocol/muc#owner',
  mucRoomConfig: 'http://jabber.org/protocol/muc#roomconfig',
  mucRegister: 'http://jabber.org/protocol/muc#register',
  mucRequest: 'http://jabber.org/protocol/muc#request',
  mucRoomInfo: 'http://jabber.org/protocol/muc#roominfo',
  /** XEP-0049 */
  privateXml: 'jabber:iq:private',
  /** XEP-0054 */
  vcard: 'vcard-temp',
  /** XEP-0153 */
  vcardUpdate: 'vcard-temp:x:update',
  /** XEP-0059 */
  resultSets: 'http://jabber.org/protocol/rsm',
  /** XEP-0066 */
  outOfBand: 'jabber:x:oob',
  /** XEP-0077 */
  register: 'jabber:iq:register',
  registerFeature: 'http://jabber.org/features/iq-register',
  /** XEP-0085 */
  chatStates: 'http://jabber.org/protocol/chatstates',
  /** XEP-0092 */
  version: 'jabber:iq:version',
  /** XEP-0160 */
  offline: 'msgoffline',
  /** XEP-0184 */
  receipts: 'urn:xmpp:receipts',
  /** XEP-0191 */
  blocking: 'urn:xmpp:blocking',
  blockingErrors: 'urn:xmpp:blocking:errors',
  /** XEP-0198 */
  streamManagement: 'urn:xmpp:sm:3',
  /** XEP-0199 */
  ping: 'urn:xmpp:ping',
  /** XEP-0202 */
  time: 'urn:xmpp:time',
  /** XEP-0203 */
  delay: 'urn:xmpp:delay',
  /** XEP-0249 */
  invitation: 'jabber:x:conference',
  /** XEP-0280 */
  carbons: 'urn:xmpp:carbons:2',
  /** XEP-0297 */
  forward: 'urn:xmpp:forward:0',
  /** XEP-0313 */
  archive: 'urn:xmpp:mam:2',
  archiveExtended: 'urn:xmpp:mam:2#extended',
  /** XEP-0334 */
  hints: 'urn:xmpp:hints',
  /** XEP-0359 */
  stanzaIds: 'urn:xmpp:sid:0',
  /** XEP-0363 */
  httpUpload: 'urn:xmpp:http:upload:0',
  /** Calls, as docs/xmpp.md has them. Ours, for Porthole's own clients: it is not Jingle (XEP-0166). */
  call: 'urn:x-porthole:call',
  /** XEP-0478 */
  streamLimits: 'urn:xmpp:stream-limits:0',
} as const;
