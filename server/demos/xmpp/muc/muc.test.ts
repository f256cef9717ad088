import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { NS } from '../namespaces.ts';
import { startTestServer, type TestServer } from '../testing/test-server.ts';

let server: TestServer;

beforeEach(async () => {
  server = await startTestServer();
});

afterEach(() => server.close());

describe('a room', () => {
  it('says of a refusal that it was about coming in, and by whom it is', async () => {
    const alice = await server.login('alice');
    alice.send(
      `<presence to='den@conference.localhost/no nick'><x xmlns='${NS.muc}'><password>x</password></x></presence>`,
    );
    const refused = await alice.next();
    expect(refused.child('error')?.childIn(NS.stanzaErrors)?.name).toBe('not-acceptable');
    expect(refused.child('error')?.attrs.by).toBe('den@conference.localhost');
    expect(refused.child('x', NS.muc)?.children).toEqual([]);
  });

  it('passes a request for a voice on to who moderates it, who gives it', async () => {
    const [alice, bob] = [await server.login('alice'), await server.login('bob')];
    const join = (nick: string): string =>
      `<presence to='den@conference.localhost/${nick}'><x xmlns='${NS.muc}'/></presence>`;
    const form = (...fields: [string, string][]): string =>
      `<x xmlns='${NS.forms}' type='submit'>${fields.map(([name, value]) => `<field var='${name}'><value>${value}</value></field>`).join('')}</x>`;
    alice.send(join('al'));
    const moderated = form(['muc#roomconfig_moderatedroom', '1']);
    await alice.ask('set', `<query xmlns='${NS.mucOwner}'>${moderated}</query>`, 'den@conference.localhost');
    bob.send(join('bo'));
    await bob.settled();
    bob.send(
      `<message to='den@conference.localhost'>${form(['FORM_TYPE', NS.mucRequest], ['muc#role', 'participant'])}</message>`,
    );
    const request = await alice.takes(({ name, attrs }) => name === 'message' && attrs.type === undefined);
    const asked = request
      .child('x', NS.forms)
      ?.childrenNamed('field')
      .map(({ attrs, elements }) => [attrs.var, elements[0]?.text]);
    expect(asked).toEqual(
      expect.arrayContaining([
        ['muc#jid', 'bob@localhost'],
        ['muc#roomnick', 'bo'],
        ['muc#request_allow', '0'],
      ]),
    );
    const yes = form(['FORM_TYPE', NS.mucRequest], ['muc#roomnick', 'bo'], ['muc#request_allow', 'true']);
    alice.send(`<message to='den@conference.localhost'>${yes}</message>`);
    const shown = await bob.takes(({ name }) => name === 'presence');
    expect(shown.child('x', NS.mucUser)?.child('item')?.attrs.role).toBe('participant');
  });
});
