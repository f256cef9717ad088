import { SaxesParser } from 'saxes';
import { beforeEach, describe, expect, it } from 'vitest';
import { createFakeClock, type FakeClock } from '../../../session/testing.ts';
import { ANSWER_MS, SILENCE_MS } from '../../limits.ts';
import { type ScriptedSocket, scriptedSocket } from '../../testing.ts';
import type { SpeakerHandlers } from '../speaker.ts';
import { escapeXml, type Xml } from '../xml.ts';
import { XmppSpeaker } from './xmpp-speaker.ts';

/** An element as saxes reads it; the browser's own parser is not here. */
function parse(text: string): Xml | null {
  const parser = new SaxesParser({ xmlns: true });
  const open: (Xml & { text: string; children: Xml[] })[] = [];
  let root: Xml | null = null;
  parser.on('opentag', (tag) => {
    const attributes = Object.fromEntries(Object.values(tag.attributes).map(({ name, value }) => [name, value]));
    open.push({ name: tag.local, xmlns: tag.uri, attributes, children: [], text: '' });
  });
  parser.on('text', (piece) => {
    for (const element of open) element.text += piece;
  });
  parser.on('closetag', () => {
    const element = open.pop() ?? null;
    if (element) open.at(-1)?.children.push(element);
    if (open.length === 0) root = element;
  });
  parser.write(text).close();
  return root;
}

const told: string[] = [];
let socket: ScriptedSocket;
let clock: FakeClock;
let speaker: XmppSpeaker;

/** Every handler writes down what it is told. */
const handlers = new Proxy({} as SpeakerHandlers, {
  get:
    (_, name) =>
    (...facts: unknown[]) => {
      if (name !== 'frame') told.push(`${String(name)} ${JSON.stringify(facts)}`);
    },
});

const SASL = "xmlns='urn:ietf:params:xml:ns:xmpp-sasl'";
const FEATURES = (inner: string): string =>
  `<stream:features xmlns:stream='http://etherx.jabber.org/streams'>${inner}</stream:features>`;
const ROOM = 'lobby@conference.localhost';
const occupant = (nick: string, inner: string, type = ''): string =>
  `<presence xmlns='jabber:client' from='${ROOM}/${nick}'${type}><x xmlns='http://jabber.org/protocol/muc#user'>${inner}</x></presence>`;

beforeEach(() => {
  told.splice(0);
  socket = scriptedSocket();
  clock = createFakeClock();
  speaker = new XmppSpeaker({
    open: socket.open,
    parse,
    user: 'alice',
    password: 'p',
    resource: 'r',
    contacts: ['alice', 'carol'],
    clock,
    handlers,
  });
  socket.opened();
});

/** As far as the room. */
function enter(): void {
  socket.receive(
    FEATURES(`<mechanisms ${SASL}><mechanism>SCRAM-SHA-1</mechanism><mechanism>PLAIN</mechanism></mechanisms>`),
  );
  socket.receive(`<success ${SASL}/>`);
  socket.receive(FEATURES("<bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'/>"));
  socket.receive("<iq xmlns='jabber:client' type='result' id='bind'/>");
  socket.receive(occupant('bob', "<item jid='bob@localhost/x'/>"));
  socket.receive(occupant('ann', '<item/>'));
  socket.receive(occupant('alice', "<item jid='alice@localhost/r'/><status code='110'/>"));
}

describe('a speaker of XMPP', () => {
  it('opens, logs in, binds and joins, each when it is its turn', () => {
    enter();
    expect(socket.sent.map((text) => text.replace(/ xmlns='[^']*'/g, ''))).toEqual([
      "<open to='localhost' version='1.0'/>",
      `<auth mechanism='PLAIN'>${Buffer.from('\0alice\0p').toString('base64')}</auth>`,
      "<open to='localhost' version='1.0'/>",
      "<iq type='set' id='bind'><bind><resource>r</resource></bind></iq>",
      '<presence/>',
      `<presence to='${ROOM}/alice'><x><history maxstanzas='20'/></x></presence>`,
    ]);
    expect(told.filter((line) => !line.startsWith('people'))).toEqual(['ready []']);
    expect(told).toContain('people [["bob","carol"]]');
  });

  it('says why it could not come in', () => {
    socket.receive(FEATURES(`<mechanisms ${SASL}><mechanism>PLAIN</mechanism></mechanisms>`));
    socket.receive(`<failure ${SASL}><not-authorized/></failure>`);
    expect(told).toEqual(['closed ["not-authorized"]']);
    expect(socket.isClosed()).toBe(true);
  });

  it('says which mechanisms there are where PLAIN is not', () => {
    socket.receive(FEATURES(`<mechanisms ${SASL}><mechanism>SCRAM-SHA-1</mechanism></mechanisms>`));
    expect(told).toEqual(['closed ["",["SCRAM-SHA-1"]]']);
    expect(socket.isClosed()).toBe(true);
  });

  it.each([
    ['system-shutdown', ''],
    ['policy-violation', 'enough'],
  ])('takes %s for what it is: a reason to come back, or to stay away', (condition, reason) => {
    enter();
    const inner = `<${condition} xmlns='urn:ietf:params:xml:ns:xmpp-streams'/><text>enough</text>`;
    socket.receive(`<stream:error xmlns:stream='http://etherx.jabber.org/streams'>${inner}</stream:error>`);
    expect(told.at(-1)).toBe(`closed ["${reason}"]`);
  });

  it('hears the room, itself as the acknowledgement, and a user', () => {
    enter();
    told.splice(0);
    speaker.say('#lobby', 'c1', 'a < b & "c"', null);
    expect(socket.sent.at(-1)).toContain('<body>a &lt; b &amp; &quot;c&quot;</body>');
    const sid = "<stanza-id xmlns='urn:xmpp:sid:0' id='s1' by='x'/>";
    socket.receive(
      `<message xmlns='jabber:client' type='groupchat' from='${ROOM}/alice' id='c1'><body>me</body>${sid}</message>`,
    );
    expect(told[0]).toBe('acknowledged ["c1","s1","said"]');
    socket.receive(
      `<message xmlns='jabber:client' type='chat' from='bob@localhost/x' id='m1'><body>hi &amp; bye</body></message>`,
    );
    expect(told.at(-1)).toContain('"id":"m1","clientId":"m1","from":"bob","with":"bob","own":false,"body":"hi & bye"');
  });

  it('understands typing, receipts, refusals, and who comes and goes', () => {
    enter();
    told.splice(0);
    const from = "xmlns='jabber:client' type='chat' from='bob@localhost/x'";
    socket.receive(`<message ${from}><composing xmlns='http://jabber.org/protocol/chatstates'/></message>`);
    socket.receive(`<message ${from}><received xmlns='urn:xmpp:receipts' id='c1'/></message>`);
    socket.receive(
      "<message xmlns='jabber:client' type='error' id='c2'><error><text>too much</text></error></message>",
    );
    socket.receive(occupant('bob', '<item/>', " type='unavailable'"));
    expect(told).toEqual([
      'typing ["bob","bob",true]',
      'receipt ["c1","delivered"]',
      'refused ["c2","too much"]',
      'notice ["bob left"]',
      'people [["carol"]]',
    ]);
  });

  it('asks where a file may be put, and links to it; other files than this server’s are left alone', async () => {
    enter();
    const url = 'http://elsewhere:7070/api/files/f1/my%20cat.png';
    const place = speaker.slot({ name: "cat's.png", mime: 'image/png', sizeBytes: 3 });
    expect(socket.sent.at(-1)).toContain("to='upload.localhost' id='slot-1'><request");
    expect(socket.sent.at(-1)).toContain("filename='cat&apos;s.png' size='3' content-type='image/png'/>");
    const slot = `<slot xmlns='urn:xmpp:http:upload:0'><put url='${url}'/><get url='${url}'/></slot>`;
    socket.receive(`<iq xmlns='jabber:client' type='result' id='slot-1'>${slot}</iq>`);
    expect(await place).toEqual({ path: '/api/files/f1/my%20cat.png', fileId: url });
    speaker.say('bob', 'c1', '', url);
    const link = `<body>${url}</body><x xmlns='jabber:x:oob'><url>${url}</url></x>`;
    expect(socket.sent.at(-1)).toContain(link);
    const from = "<message xmlns='jabber:client' type='chat' from='bob@localhost/x' id='m1'>";
    socket.receive(`${from}${link}</message>`);
    const file = { path: '/api/files/f1/my%20cat.png', name: 'my cat.png', mime: '', sizeBytes: 0 };
    expect(told.at(-1)).toContain(`"body":"","file":${JSON.stringify(file)}`);
    socket.receive(`${from}${link.replaceAll('/api/files', '/elsewhere')}</message>`);
    expect(told.at(-1)).toContain('"file":null');
    const refused = speaker.slot({ name: 'x', mime: 'x/y', sizeBytes: 0 });
    socket.receive("<iq xmlns='jabber:client' type='error' id='slot-2'><error><text>Too small.</text></error></iq>");
    await expect(refused).rejects.toThrow('Too small.');
  });

  it('calls and is called, and learns that nobody takes it', () => {
    enter();
    told.splice(0);
    speaker.call('bob/phone', 'k1', 'offer', 'v=0\ns=<->');
    expect(socket.sent.at(-1)).toBe(
      "<message xmlns='jabber:client' type='chat' to='bob@localhost/phone' id='call-k1'><call xmlns='urn:x-porthole:call' id='k1' step='offer'>v=0\ns=&lt;-&gt;</call></message>",
    );
    const call = "<call xmlns='urn:x-porthole:call' id='k1' step='answer'>v=0</call>";
    socket.receive(`<message xmlns='jabber:client' type='chat' from='bob@localhost/phone'>${call}</message>`);
    socket.receive(
      "<message xmlns='jabber:client' type='error' id='call-k1'><error><text>Nobody.</text></error></message>",
    );
    expect(told).toEqual(['call ["bob/phone","k1","answer","v=0"]', 'call ["","k1","hangup","Nobody."]']);
  });

  it('moderates in the words of XEP-0045', () => {
    enter();
    speaker.setSubject('tea & <cake>');
    expect(socket.sent.at(-1)).toContain(
      "type='groupchat' to='lobby@conference.localhost'><subject>tea &amp; &lt;cake&gt;<",
    );
    speaker.kick("o'bob", 'enough');
    const item = "<item nick='o&apos;bob' role='none'><reason>enough</reason></item>";
    expect(socket.sent.at(-1)).toContain(`<query xmlns='http://jabber.org/protocol/muc#admin'>${item}</query>`);
    told.splice(0);
    socket.receive("<iq xmlns='jabber:client' type='error' id='kick-1'><error><text>Not you.</text></error></iq>");
    expect(told).toEqual(['notice ["Not you."]']);
  });

  it('answers who asks, so that it is not taken for dead', () => {
    enter();
    socket.receive("<iq xmlns='jabber:client' type='get' id='p1' from='localhost'><ping xmlns='urn:xmpp:ping'/></iq>");
    expect(socket.sent.at(-1)).toBe("<iq xmlns='jabber:client' id='p1' to='localhost' type='result'/>");
    socket.receive("<iq xmlns='jabber:client' type='get' id='v1'><query xmlns='jabber:iq:version'/></iq>");
    expect(socket.sent.at(-1)).toContain('service-unavailable');
  });

  it('asks a silent server for a sign of life, and gives up on a dead one', () => {
    enter();
    told.splice(0);
    clock.advance(SILENCE_MS);
    expect(socket.sent.at(-1)).toContain("to='localhost' id='ping-1'><ping xmlns='urn:xmpp:ping'/></iq>");
    socket.receive("<iq xmlns='jabber:client' type='result' id='ping-1' from='localhost'/>");
    clock.advance(SILENCE_MS);
    clock.advance(ANSWER_MS);
    expect(told).toEqual(['closed [""]']);
    expect(socket.isClosed()).toBe(true);
  });

  it('is over when it is put out, and says by whom; of others it tells', () => {
    enter();
    told.splice(0);
    const kicked = (more: string): string => `<item><actor nick='olga'/>${more}</item><status code='307'/>`;
    socket.receive(occupant('bob', kicked(''), " type='unavailable'"));
    socket.receive(
      occupant('alice', `${kicked('<reason>enough</reason>')}<status code='110'/>`, " type='unavailable'"),
    );
    expect(told).toEqual([
      'notice ["bob was put out by olga"]',
      'people [["carol"]]',
      'closed ["You were put out by olga: enough"]',
    ]);
    expect(socket.isClosed()).toBe(true);
  });

  it('is over once, whichever end closes', () => {
    socket.receive("<close xmlns='urn:ietf:params:xml:ns:xmpp-framing'/>");
    socket.drop();
    expect(told).toEqual(['closed [""]']);
  });
});

it('lets nothing into XML that it can’t carry', () => {
  expect(escapeXml('a\u0000b\ud800c\u001b')).toBe('a\ufffdb\ufffdc\ufffd');
});
