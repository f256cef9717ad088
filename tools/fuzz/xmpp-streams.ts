/** Random streams of XMPP: most begin as they should and go wrong later, so that something deep is reached. */
import type { Random } from './random.ts';

const HEADER =
  "<stream:stream to='localhost' version='1.0' xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams'>";
const OPEN = "<open xmlns='urn:ietf:params:xml:ns:xmpp-framing' to='localhost' version='1.0'/>";
const BIND = "<iq type='set' id='b'><bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'/></iq>";

/** Things that a client may send once it is bound, and some that it may not. */
const STANZAS = [
  '<presence/>',
  "<presence type='unavailable'/>",
  "<presence type='subscribe' to='u1@localhost'/>",
  "<presence type='subscribed' to='u2@localhost'/>",
  "<presence type='unsubscribe' to='u1@localhost'/>",
  "<presence to='room@conference.localhost/nick'><x xmlns='http://jabber.org/protocol/muc'/></presence>",
  "<presence to='room@conference.localhost/other'/>",
  "<presence type='unavailable' to='room@conference.localhost/nick'/>",
  "<message to='room@conference.localhost' type='groupchat'><body>hello</body></message>",
  "<message to='room@conference.localhost' type='groupchat'><subject>x</subject></message>",
  "<message to='room@conference.localhost/nick' type='chat'><body>psst</body></message>",
  "<message to='u1@localhost' type='chat' id='1'><body>hello, 你好 🦭</body></message>",
  "<message to='u1@localhost/x' type='normal'><body>&amp;&lt;</body><x xmlns='urn:x'/></message>",
  "<message to='nobody@example.org'><body>far</body></message>",
  "<message type='error' to='u1@localhost'/>",
  "<iq type='get' id='1'><query xmlns='jabber:iq:roster'/></iq>",
  "<iq type='set' id='2'><query xmlns='jabber:iq:roster'><item jid='u1@localhost' name='x'><group>g</group></item></query></iq>",
  "<iq type='set' id='3'><query xmlns='jabber:iq:roster'><item jid='u1@localhost' subscription='remove'/></query></iq>",
  "<iq type='get' id='4' to='localhost'><query xmlns='http://jabber.org/protocol/disco#info'/></iq>",
  "<iq type='get' id='5' to='conference.localhost'><query xmlns='http://jabber.org/protocol/disco#items'/></iq>",
  "<iq type='set' id='6' to='room@conference.localhost'><query xmlns='http://jabber.org/protocol/muc#admin'><item nick='nick' role='none'/></query></iq>",
  "<iq type='set' id='7'><block xmlns='urn:xmpp:blocking'><item jid='u1@localhost'/></block></iq>",
  "<iq type='set' id='8'><unblock xmlns='urn:xmpp:blocking'/></iq>",
  "<iq type='set' id='9'><enable xmlns='urn:xmpp:carbons:2'/></iq>",
  "<iq type='set' id='10'><query xmlns='urn:xmpp:mam:2'><set xmlns='http://jabber.org/protocol/rsm'><max>5</max><before/></set></query></iq>",
  "<iq type='set' id='11'><query xmlns='jabber:iq:private'><a xmlns='urn:a'>b</a></query></iq>",
  "<iq type='get' id='12' to='upload.localhost'><request xmlns='urn:xmpp:http:upload:0' filename='a' size='1'/></iq>",
  "<iq type='set' id='13'><query xmlns='jabber:iq:register'><remove/></query></iq>",
  "<enable xmlns='urn:xmpp:sm:3' resume='true'/>",
  "<r xmlns='urn:xmpp:sm:3'/>",
  "<a xmlns='urn:xmpp:sm:3' h='1'/>",
  "<resume xmlns='urn:xmpp:sm:3' previd='x' h='0'/>",
  "<starttls xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>",
  "<response xmlns='urn:ietf:params:xml:ns:xmpp-sasl'>x</response>",
  '<!DOCTYPE x [<!ENTITY a "b">]>',
  '<!-- comment -->',
  '<?pi ?>',
  '&lol;',
  '<a><b><c/></b></a>',
  '</stream:stream>',
  '  \n ',
];

/** Octets that parsers stumble over. */
const NASTY = [
  '<',
  '>',
  '&',
  "'",
  '"',
  '\0',
  '\u0001',
  '\ufffe',
  ']]>',
  '<![CDATA[',
  '&#0;',
  '&#xD800;',
  ' xmlns:stream="x"',
  "xml:lang='x'",
];

/** One stream in pieces. @param messages each piece is to stand alone, as in a WebSocket. */
export function randomStream(random: Random, messages = false): Buffer[] {
  const header = messages ? OPEN : HEADER;
  const login = Buffer.from(`\0u${random.below(4)}\0x`).toString('base64');
  const auth = `<auth xmlns='urn:ietf:params:xml:ns:xmpp-sasl' mechanism='PLAIN'>${login}</auth>`;
  const parts = [header, auth, header, BIND];
  if (random.below(4) === 0) parts.length = random.below(4);
  for (let count = random.below(8); count > 0; count -= 1) parts.push(random.pick(STANZAS));
  if (messages) return parts.map((part) => Buffer.from(random.below(6) === 0 ? mutated(part, random) : part));
  // What logs in is sent in one piece each, or its answer could not come in between.
  const pieces = parts.slice(0, 4).map((part) => Buffer.from(random.below(20) === 0 ? mutated(part, random) : part));
  const rest = Buffer.from(
    parts
      .slice(4)
      .map((part) => (random.below(5) === 0 ? mutated(part, random) : part))
      .join(''),
  );
  return [...pieces, ...cut(flipped(rest, random), random)];
}

/** Something put in, taken out, doubled, or exchanged. */
function mutated(text: string, random: Random): string {
  const at = random.below(text.length + 1);
  const to = Math.min(text.length, at + random.below(12));
  switch (random.below(5)) {
    case 0:
      return text.slice(0, at) + random.pick(NASTY) + text.slice(at);
    case 1:
      return text.slice(0, at) + text.slice(to);
    case 2:
      return text.slice(0, to) + text.slice(at);
    case 3:
      return text.slice(0, at) + 'x'.repeat(random.below(12_000)) + text.slice(at);
    default:
      return text.slice(0, at) + random.pick(STANZAS) + text.slice(to);
  }
}

/** Now and then some octets are others. */
function flipped(bytes: Buffer, random: Random): Buffer {
  if (bytes.length === 0 || random.below(4) > 0) return bytes;
  for (let count = 1 + random.below(3); count > 0; count -= 1) bytes[random.below(bytes.length)] = random.below(256);
  return bytes;
}

function cut(bytes: Buffer, random: Random): Buffer[] {
  const pieces: Buffer[] = [];
  for (let at = 0; at < bytes.length; ) {
    const size = random.below(3) === 0 ? 1 + random.below(9) : 1 + random.below(400);
    pieces.push(bytes.subarray(at, at + size));
    at += size;
  }
  return pieces;
}
