/**
 * Two people with @xmpp/client, over TLS with a certificate that is checked. Usage: PORT; NODE_EXTRA_CA_CERTS names the
 * certificate.
 */
import { deepEqual, equal } from 'node:assert/strict';
import { client, jid, xml } from '@xmpp/client';

const [port] = process.argv.slice(2);

// Whatever does not come makes it end, not hang.
setTimeout(() => process.exit(1), 20_000).unref();

function step(what) {
  process.stdout.write(`ok ${what}\n`);
}

function person(username) {
  const one = client({
    service: `xmpp://localhost:${port}`,
    domain: 'localhost',
    username,
    password: 'porthole',
    resource: 'js',
  });
  // Its patience is two seconds, which a machine with other work to do may need for a handshake.
  one.timeout = 20_000;
  const kept = [];
  const waiting = [];
  one.on('error', (error) => {
    throw error;
  });
  one.on('stanza', (stanza) => {
    const index = waiting.findIndex(({ fits }) => fits(stanza));
    if (index < 0) kept.push(stanza);
    else waiting.splice(index, 1)[0].resolve(stanza);
  });
  one.gets = (fits) => {
    const index = kept.findIndex(fits);
    if (index >= 0) return Promise.resolve(kept.splice(index, 1)[0]);
    return new Promise((resolve) => waiting.push({ fits, resolve }));
  };
  return one;
}

const alice = person('alice');
const bob = person('bob');
equal(String(await alice.start()), 'alice@localhost/js');
equal(String(await bob.start()), 'bob@localhost/js');
deepEqual([alice.isSecure(), bob.isSecure()], [true, true]);
step('logged in over TLS');

const roster = await alice.iqCaller.get(xml('query', { xmlns: 'jabber:iq:roster' }));
deepEqual(roster.name, 'query');
await alice.iqCaller.set(
  xml('query', { xmlns: 'jabber:iq:roster' }, xml('item', { jid: 'bob@localhost', name: 'Bob' })),
);
await alice.gets((stanza) => stanza.is('iq') && stanza.attrs.type === 'set');
step('roster');

for (const one of [alice, bob]) {
  await one.send(xml('presence'));
  await one.gets((stanza) => stanza.is('presence') && stanza.attrs.from === String(one.jid));
}
await bob.send(xml('presence', { to: 'alice@localhost' }, xml('show', {}, 'away')));
const presence = await alice.gets((stanza) => stanza.is('presence') && stanza.attrs.from === 'bob@localhost/js');
equal(presence.getChildText('show'), 'away');
step('presence');

await alice.send(xml('message', { to: 'bob@localhost', type: 'chat' }, xml('body', {}, 'hello <bob> & 你好')));
equal((await bob.gets((stanza) => stanza.is('message'))).getChildText('body'), 'hello <bob> & 你好');
await bob.send(xml('message', { to: 'alice@localhost', type: 'chat' }, xml('body', {}, 'hello alice')));
equal((await alice.gets((stanza) => stanza.is('message'))).getChildText('body'), 'hello alice');
step('chat both ways');

const room = 'barn@conference.localhost';
for (const [one, nick] of [
  [alice, 'alice'],
  [bob, 'bob'],
]) {
  await one.send(xml('presence', { to: `${room}/${nick}` }, xml('x', { xmlns: 'http://jabber.org/protocol/muc' })));
  await one.gets((stanza) => stanza.is('message') && stanza.getChild('subject'));
}
await bob.send(xml('message', { to: room, type: 'groupchat' }, xml('body', {}, 'moo')));
const said = await alice.gets((stanza) => stanza.attrs.type === 'groupchat' && stanza.getChildText('body'));
deepEqual([said.getChildText('body'), jid(said.attrs.from).resource], ['moo', 'bob']);
step('room');

for (const one of [alice, bob]) await one.stop();
step('goodbye');
